import type { Hex } from 'viem'
import { findRpcAnswer } from '../../chain/contract-failure'
import { readChain } from '../../chain/read-chain'
import type { Context } from '../context'

/**
 * Hands a signed transaction to a chain. Never throws: whatever is said (known already, nonce too low, underpriced, no
 * answer at all), only a receipt or the account's next nonce tells what became of it.
 */
export async function broadcast(ctx: Context, chainId: number, raw: string): Promise<void> {
  try {
    await readChain(ctx.chains, chainId, (client) =>
      client.sendRawTransaction({ serializedTransaction: raw as Hex }),
    )
  } catch (error) {
    const answer = findRpcAnswer(error)?.details
    ctx.log.debug({ event: 'keeper.unheard', chainId, answer: answer ?? 'no answer' })
  }
}
