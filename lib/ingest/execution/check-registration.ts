import { encodeFunctionData, type Hex } from 'viem'
import { tallyModuleAbi } from '../../chain/abi/tally-module'
import type { BlockRef } from '../../chain/blocks'
import { readChain } from '../../chain/read-chain'
import { AppError, refuse } from '../../core/errors'
import type { Call } from '../../core/settlement/batch'
import { explainModuleError } from '../../core/settlement/explain-module-error'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { proposalMessage, type SignedProposal } from '../../core/settlement/proposal-message'
import type { IngestContext } from '../rule'
import type { CheckedProposal } from './asked-execution'

/** What a node says of a call that its chain has taken already. */
const alreadyRegistered = 'The proposal is registered already.'

/** The contract has the last word: would it register the proposal in the newest block? */
export async function checkRegistration(
  ctx: IngestContext,
  { message, signed }: CheckedProposal,
  { ref, calls, head }: { readonly ref: ModuleRef; readonly calls: readonly Call[]; readonly head: BlockRef },
): Promise<void> {
  // The definition was checked, and its fields are normalised to their types.
  const proposal = message.message as unknown as SignedProposal
  const data = encodeFunctionData({
    abi: tallyModuleAbi,
    functionName: 'register',
    args: [proposalMessage(proposal, ref), calls.map((call) => ({ ...call })), signed.signature, '0x'],
  })
  try {
    await readChain(ctx.chains, ref.chainId, (client) =>
      client.call({ to: ref.module, data, blockNumber: head.number }),
    )
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    const reason = explainModuleError((error.details.reverted ?? '0x') as Hex)
    // Somebody was faster than this message, which changes nothing about it.
    if (reason === alreadyRegistered) return
    refuse(
      `The module would not register the proposal. ${reason ?? 'It gives no reason that is known here.'}`,
    )
  }
}
