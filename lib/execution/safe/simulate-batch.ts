import { type Address, encodeFunctionData, hexToBigInt, sliceHex } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { nameChain } from '../../chain/name-chain'
import { readChain } from '../../chain/read-chain'
import { formatUnits } from '../../core/proposal/format-units'
import type { Call } from '../../core/settlement/batch'
import { multiSendCallOnly, multiSendData } from '../../core/settlement/safe-transaction'
import { fetchRevert } from './fetch-revert'
import { revertReason } from './revert-reason'
import { safeAbi } from './safe-abi'

/** Why a batch would fail; `call` counts from 0. */
interface BatchFailure {
  readonly call: number
  readonly reason: string
}

/**
 * Lets the Safe make the calls at `block` without a signature and without effect: several calls run in the
 * Safe's own context through `simulateAndRevert`, each seeing what those before it did. Null when all go
 * through. The Safe is there, and so is MultiSendCallOnly when there are several calls.
 */
export async function simulateBatch(
  chains: Chains,
  batch: { readonly safe: Address; readonly calls: readonly Call[]; readonly block: BlockRef },
): Promise<BatchFailure | null> {
  const { safe, calls, block } = batch
  const codes = await readChain(chains, block.chainId, (client) =>
    Promise.all(calls.map(({ to }) => client.getCode({ address: to, blockNumber: block.number }))),
  )
  const dead = calls.findIndex(({ data }, index) => data !== '0x' && !codes[index])
  if (dead >= 0)
    return { call: dead, reason: 'there is no contract at the target, so the call would do nothing' }

  const [single] = calls
  if (calls.length === 1 && single) {
    const reason = await simulateCall(chains, safe, single, block, 0n)
    return reason === null ? null : { call: 0, reason }
  }
  if (await succeeds(chains, safe, calls, block)) return null
  // A longer prefix of a failing prefix fails too.
  let works = 0
  let fails = calls.length
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2)
    if (await succeeds(chains, safe, calls.slice(0, middle), block)) works = middle
    else fails = middle
  }
  const culprit = calls[works]
  const sentBefore = calls.slice(0, works).reduce((sum, { value }) => sum + value, 0n)
  const alone = culprit ? await simulateCall(chains, safe, culprit, block, sentBefore) : null
  return { call: works, reason: alone ?? 'it reverts after the calls before it' }
}

/** "Call 3 of 3 would fail now: it reverts with …." */
export function describeFailure(failure: BatchFailure, count: number): string {
  const which = count === 1 ? 'The call' : `Call ${failure.call + 1} of ${count}`
  return `${which} would fail now: ${failure.reason}.`
}

async function succeeds(
  chains: Chains,
  safe: Address,
  calls: readonly Call[],
  block: BlockRef,
): Promise<boolean> {
  const data = encodeFunctionData({
    abi: safeAbi,
    functionName: 'simulateAndRevert',
    args: [multiSendCallOnly.address, multiSendData(calls)],
  })
  const answer = await fetchRevert(chains, block, { to: safe, data })
  // The simulation always reverts; its first word says whether it got through.
  return answer !== null && answer.length >= 66 && hexToBigInt(sliceHex(answer, 0, 32)) === 1n
}

async function simulateCall(
  chains: Chains,
  safe: Address,
  { to, value, data }: Call,
  block: BlockRef,
  sentBefore: bigint,
): Promise<string | null> {
  const balance = await readChain(chains, block.chainId, (client) =>
    client.getBalance({ address: safe, blockNumber: block.number }),
  )
  const amount = (wei: bigint) => formatUnits(wei, { fraction: 'exact' })
  const sends = `it sends ${amount(value)} ${nameChain(block.chainId).symbol}`
  // Nodes answer this with errors of their own, not with a revert.
  if (balance < value) return `${sends} and the Safe holds ${amount(balance)}`
  const reverted = await fetchRevert(chains, block, { account: safe, to, value, data })
  if (reverted !== null) return revertReason(reverted)
  if (balance - sentBefore >= value) return null
  return `${sends}, and the calls before it send ${amount(sentBefore)} of the ${amount(balance)} that the Safe holds`
}
