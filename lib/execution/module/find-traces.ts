import {
  type Address,
  formatLog,
  type Hex,
  isAddressEqual,
  parseEventLogs,
  type RpcLog,
  toEventSelector,
} from 'viem'
import { z } from 'zod'
import { type BlockRef, fetchBlock } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { fetchLogs } from '../../chain/fetch-logs'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { Memory } from '../executor'
import { moduleAbi } from './module-abi'

/** Blocks asked for at once unless told, and how often in one search. */
const SPAN = 5_000n
const SPANS = 20n

const events = [
  'ProposalRegistered',
  'ProposalCancelled',
  'TallyCommitted',
  'BallotsChecked',
  'TallyProven',
  'ProposalExecuted',
  'ProposalVetoed',
  'ProposalPaused',
] as const

const hex = z.templateLiteral(['0x', z.string().regex(/^[0-9a-fA-F]+$/)])

const traceSchema = z.strictObject({
  event: z.enum(events),
  transactionHash: hex,
  block: z.int().nonnegative(),
  /** Unix seconds. */
  timestamp: z.int(),
  /** Who checked ballots, vetoed or paused. */
  by: hex.optional(),
  /** Ballots checked so far. */
  index: z.int().optional(),
  /** Of a veto or a pause. */
  reasonHash: hex.optional(),
})

/** What a proposal has left on chain, event by event. */
export type ModuleTrace = z.output<typeof traceSchema>

const memorySchema = z.object({
  proposal: hex,
  module: hex,
  /** The last block searched. */
  cursor: z.object({ block: z.int().nonnegative(), hash: hex }),
  traces: z.array(traceSchema),
})

/**
 * Everything that a module has said of one proposal up to `head`, in the order of the chain; of each prover's run only how
 * far it has come. Goes on where `memory` ends, and begins anew when the chain has since lost that block. After 20 spans
 * it stops, and the memory it gives back leads on from there. Throws `chain_unavailable`.
 */
export async function findTraces(
  chains: Chains,
  wanted: {
    readonly module: Address
    readonly proposal: Hex
    readonly author: Address
    /** Nothing is searched before this block. */
    readonly since: bigint
    readonly head: BlockRef
    readonly memory: Memory | undefined
    readonly span?: bigint
  },
): Promise<{ readonly traces: readonly ModuleTrace[]; readonly memory: Memory }> {
  const { module, proposal, author, since, head, span = SPAN } = wanted
  const { chainId } = head
  const known = await recall(chains, wanted)
  const from = known ? BigInt(known.cursor.block) + 1n : since
  const furthest = from + span * SPANS - 1n
  const to = furthest < head.number ? furthest : head.number
  if (to < from) return { traces: known?.traces ?? [], memory: known ?? {} }

  const logs = await readChain(chains, chainId, async (client) => {
    const found: RpcLog[] = []
    for (let start = from; start <= to; start += span) {
      const end = start + span - 1n
      const range = { from: start, to: end < to ? end : to }
      found.push(...(await fetchLogs(client, { address: module, topics: [selectors, proposal], ...range })))
    }
    return parseEventLogs({
      abi: moduleAbi,
      eventName: [...events],
      logs: found.map((log) => formatLog(log)),
    })
  })
  // Before the registration anybody can take back a proposal of somebody else's, without effect.
  const own = logs.filter(
    ({ eventName, args }) => eventName !== 'ProposalCancelled' || isAddressEqual(args.author, author),
  )
  const timestamps = await fetchTimestamps(chains, chainId, own)
  const traces = [...(known?.traces ?? [])]
  for (const { eventName: event, args, transactionHash, blockNumber } of own) {
    if (transactionHash === null || blockNumber === null) continue
    const place = { transactionHash, block: Number(blockNumber), timestamp: timestamps.get(blockNumber) ?? 0 }
    if (event === 'BallotsChecked') {
      const former = traces.findIndex((trace) => trace.event === event && trace.by === args.prover)
      if (former >= 0) traces.splice(former, 1)
      traces.push({ event, ...place, by: args.prover, index: Number(args.index) })
    } else if (event === 'ProposalVetoed' || event === 'ProposalPaused') {
      traces.push({ event, ...place, by: args.by, reasonHash: args.reasonHash })
    } else traces.push({ event, ...place })
  }
  const { hash } = to === head.number ? head : await fetchBlock(chains, chainId, to)
  return { traces, memory: { proposal, module, cursor: { block: Number(to), hash }, traces } }
}

const selectors = moduleAbi.flatMap((item) =>
  item.type === 'event' && (events as readonly string[]).includes(item.name) ? [toEventSelector(item)] : [],
)

/** What a memory holds, as it is. */
export function tracesIn(memory: Memory): readonly ModuleTrace[] {
  return memorySchema.safeParse(memory).data?.traces ?? []
}

/** The memory, if it is of this proposal and the chain still has its last block. */
async function recall(chains: Chains, wanted: Parameters<typeof findTraces>[1]) {
  const parsed = memorySchema.safeParse(wanted.memory)
  if (!parsed.success) return undefined
  const { proposal, module, cursor } = parsed.data
  if (proposal !== wanted.proposal || module !== wanted.module) return undefined
  try {
    const { hash } = await fetchBlock(chains, wanted.head.chainId, cursor.block)
    return hash === cursor.hash ? parsed.data : undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return undefined
    throw error
  }
}

async function fetchTimestamps(
  chains: Chains,
  chainId: number,
  logs: readonly { readonly blockNumber: bigint | null }[],
): Promise<Map<bigint, number>> {
  const numbers = new Set(logs.flatMap(({ blockNumber }) => (blockNumber === null ? [] : [blockNumber])))
  return readChain(chains, chainId, async (client) => {
    const blocks = await Promise.all([...numbers].map((blockNumber) => client.getBlock({ blockNumber })))
    return new Map(blocks.map(({ number, timestamp }) => [number, Number(timestamp)]))
  })
}
