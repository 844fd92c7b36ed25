import type { Hex } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import type { Call } from '../../core/settlement/batch'
import type { SafeDomain } from '../../core/settlement/safe-transaction'
import { fetchRevert } from './fetch-revert'
import { revertReason } from './revert-reason'
import { describeFailure, simulateBatch } from './simulate-batch'

/** The Safe's own way to say that the transaction inside failed. */
const innerFailure = 'it reverts with "GS013"'

/** Why sending this `execTransaction` would fail at `block`, in a sentence; null when it would go through. */
export async function simulateExecution(
  chains: Chains,
  { safe }: SafeDomain,
  execution: { readonly data: Hex; readonly calls: readonly Call[]; readonly block: BlockRef },
): Promise<string | null> {
  const { data, calls, block } = execution
  const reverted = await fetchRevert(chains, block, { to: safe, data })
  if (reverted === null) return null
  const reason = revertReason(reverted)
  if (reason !== innerFailure) return `The Safe would refuse it now: ${reason}.`
  const failure = await simulateBatch(chains, { safe, calls, block })
  return failure === null
    ? 'The calls would fail now, though they go through one by one.'
    : describeFailure(failure, calls.length)
}
