import { type Address, type Hex, type PublicClient, type RpcLog, toEventSelector } from 'viem'
import { type BlockRef, fetchBlock } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { fetchLogs } from '../../chain/fetch-logs'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { Trace } from '../executor'
import { readSafe } from './read-safe'

const success = toEventSelector('ExecutionSuccess(bytes32,uint256)')
const failure = toEventSelector('ExecutionFailure(bytes32,uint256)')

/** Blocks asked for at once. */
const span = 10_000n

/** How far back a reorganisation may have moved what was recorded about the Safe. */
const deepestReorg = 256n

/**
 * What became of a nonce that the Safe has used at `head`: the transaction `safeTxHash` succeeded or failed, or
 * another one took its place.
 *
 * A Safe emits exactly one of its two execution events per nonce. Where their number is not the number of nonces
 * used since `since`, a node has left some out or the chain was reorganised: then nothing is concluded from an
 * event's absence, and `chain_unavailable` is thrown, because to take an execution for a conflict would let the
 * same decision be executed twice.
 */
export async function findExecution(
  chains: Chains,
  wanted: {
    readonly safe: Address
    readonly safeTxHash: Hex
    readonly nonce: number
    readonly since: { readonly block: bigint; readonly nonce: number }
    readonly head: BlockRef
    /** The Safe's nonce at `head`; greater than `nonce`. */
    readonly headNonce: number
  },
): Promise<{ readonly phase: 'executed' | 'failed' | 'conflict'; readonly trace: Trace }> {
  const { safe, safeTxHash, nonce, since, head, headNonce } = wanted
  const { chainId } = head
  const earlier = since.block > deepestReorg ? since.block - deepestReorg : 0n
  const starts = [
    { block: since.block, readNonce: async () => since.nonce },
    { block: earlier, readNonce: () => fetchNonce(chains, chainId, safe, earlier) },
  ]
  for (const start of starts) {
    const events = await readChain(chains, chainId, (client) =>
      fetchEvents(client, safe, start.block + 1n, head.number),
    )
    // Older Safes do not index the hash.
    const own = events.find(({ topics, data }) => (topics[1] ?? data.slice(0, 66)) === safeTxHash)
    const isComplete = own !== undefined || events.length === headNonce - (await start.readNonce())
    const event = own ?? (isComplete ? events.at(nonce - headNonce) : undefined)
    if (!event?.transactionHash || !event.blockNumber) continue
    const block = await fetchBlock(chains, chainId, BigInt(event.blockNumber))
    return {
      phase: own ? (own.topics[0] === success ? 'executed' : 'failed') : 'conflict',
      trace: { transactionHash: event.transactionHash, block },
    }
  }
  throw new AppError('chain_unavailable', {
    message: `Chain ${chainId} has not given all events of the Safe ${safe} yet.`,
    details: { since, headNonce, head: head.number },
  })
}

async function fetchNonce(chains: Chains, chainId: number, safe: Address, number: bigint): Promise<number> {
  const state = await readSafe(chains, { safe, block: await fetchBlock(chains, chainId, number) })
  return 'problem' in state ? 0 : state.nonce
}

/** Both ends inclusive; in the order of the chain. */
async function fetchEvents(client: PublicClient, safe: Address, from: bigint, to: bigint): Promise<RpcLog[]> {
  const events: RpcLog[] = []
  for (let start = from; start <= to; start += span) {
    const end = start + span - 1n
    const range = { from: start, to: end < to ? end : to }
    events.push(...(await fetchLogs(client, { address: safe, topics: [[success, failure]], ...range })))
  }
  return events
}
