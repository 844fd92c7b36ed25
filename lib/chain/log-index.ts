import { type Address, type Hex, hexToNumber, numberToHex, type PublicClient, type RpcLog } from 'viem'
import { AppError } from '../core/errors'
import { type BlockRef, fetchFinalBlock } from './blocks'
import type { Chains } from './chains'
import { findRpcAnswer } from './contract-failure'
import { fetchLogs } from './fetch-logs'
import { readChain } from './read-chain'

/** Kept in memory of all indexes of one process; one of them alone may not have more. */
const MAX_ENTRIES = 300_000
/** An index takes as much room as so many entries, however few it has. */
const LEAST_ENTRIES = 10
/** A range that a node refused is not tried again for so many pages. */
const PAGES_OF_CAUTION = 100

/** Logs of one contract, and what is kept of each. */
export interface LogSource<Entry> {
  /** Names the source within its chain: two of one name keep the same. */
  readonly name: string
  readonly address: Address
  /** By position; a list stands for any of its members, null for anything. */
  readonly topics: (Hex | Hex[] | null)[]
  /** Undefined for a log that does not matter. */
  readonly keep: (log: RpcLog) => Entry | undefined
  /** What an entry is about, where the last one of a block about the same makes those before it pointless. */
  subject?(entry: Entry): string
}

/** A kept log and where in the chain it is: later ones have a higher position. */
export interface Logged<Entry> {
  readonly block: number
  readonly position: number
  readonly entry: Entry
}

/**
 * All that a contract ever logged up to a block, in the order of the chain. What is final is read once by a process, page
 * by page, and kept; a reading that fails goes on where it stopped. Pages are as long as the node takes them. Throws
 * `chain_unavailable`, also for more than 300,000 entries: whoever can flood a contract's logs must not decide what is read.
 */
export async function listLogs<Entry>(
  chains: Chains,
  block: BlockRef,
  source: LogSource<Entry>,
): Promise<readonly Logged<Entry>[]> {
  const { chainId, number } = block
  const index = openIndex(chains, chainId, source)
  // Only `keep` of this source has made what is in it.
  const entries = index.entries as Logged<Entry>[]
  if (index.next <= number) {
    const final = (await fetchFinalBlock(chains, chainId)).number
    // biome-ignore lint/complexity/useMathMinMax: Math.min takes no bigint.
    await extendIndex(chains, chainId, { source, index, to: final < number ? final : number })
  }
  if (index.isTooLarge) {
    throw new AppError('chain_unavailable', {
      message: `There are more than ${MAX_ENTRIES} logs to read for ${index.name}: this server cannot keep them.`,
    })
  }
  const known = entries.slice(0, countUpTo(entries, number))
  if (index.next > number) return known
  const from = index.next
  const { address, topics } = source
  const tail = await readChain(chains, chainId, (client) =>
    fetchLogs(client, { address, topics, from, to: number }),
  )
  return [...known, ...keepAll(source, tail)]
}

interface Index {
  readonly name: string
  readonly entries: Logged<unknown>[]
  /** The first block that was not read. */
  next: bigint
  /** Blocks to ask for at once. */
  span: bigint
  /** What a node refused lately. */
  ceiling: bigint
  caution: number
  /** Under way for everybody who waits for it. */
  page?: Promise<void> | undefined
  /** There are more than may be kept, so that reading them once more is pointless. */
  isTooLarge?: true
}

/** By chain and name; used last, placed last. */
const indexes = new WeakMap<Chains, Map<string, Index>>()

const UNBOUNDED = 2n ** 62n

function openIndex(chains: Chains, chainId: number, source: { name: string; address: Address }): Index {
  const all = indexes.get(chains) ?? new Map<string, Index>()
  indexes.set(chains, all)
  const name = `${chainId} ${source.address} ${source.name}`
  const index = all.get(name) ?? {
    name,
    entries: [],
    next: 0n,
    span: UNBOUNDED,
    ceiling: UNBOUNDED,
    caution: 0,
  }
  all.delete(name)
  all.set(name, index)
  return index
}

async function extendIndex(
  chains: Chains,
  chainId: number,
  { source, index, to }: { source: LogSource<unknown>; index: Index; to: bigint },
): Promise<void> {
  while (index.next <= to && !index.isTooLarge) {
    index.page ??= readChain(chains, chainId, (client) => readPage(client, source, index, to)).finally(() => {
      index.page = undefined
    })
    await index.page
    makeRoom(chains, index)
  }
}

async function readPage(client: PublicClient, source: LogSource<unknown>, index: Index, to: bigint) {
  const { address, topics } = source
  if (index.next === 0n) index.next = await findFirstBlock(client, address, to)
  const from = index.next
  const last = from + index.span - 1n < to ? from + index.span - 1n : to
  if (from > to) return
  let logs: RpcLog[]
  try {
    logs = await client.request({
      method: 'eth_getLogs',
      params: [{ address, topics, fromBlock: numberToHex(from), toBlock: numberToHex(last) }],
    })
  } catch (error) {
    if (from === last) throw error
    index.ceiling = last - from + 1n
    index.span = index.ceiling / 2n
    index.caution = PAGES_OF_CAUTION
    // A node that answers with an error may find the range too wide. One that does not answer may be down, or busy with
    // too much: next time it is asked for less.
    if (!findRpcAnswer(error)) throw error
    return
  }
  for (const logged of keepAll(source, logs)) index.entries.push(logged)
  index.next = last + 1n
  index.caution--
  if (index.caution <= 0) index.ceiling = UNBOUNDED
  if (index.span * 2n < index.ceiling) index.span *= 2n
}

/** The block in which a contract came to be, by bisection; 0 where a node keeps no state that is so old. */
async function findFirstBlock(client: PublicClient, address: Address, to: bigint): Promise<bigint> {
  const hasCode = async (blockNumber: bigint) =>
    (await client.getCode({ address, blockNumber })) !== undefined
  try {
    if (!(await hasCode(to))) return to + 1n
    // Invariant: the first block with code is above low and not above high.
    let low = -1n
    let high = to
    while (high - low > 1n) {
      const middle = (low + high) / 2n
      if (await hasCode(middle)) high = middle
      else low = middle
    }
    return high
  } catch (error) {
    if (!findRpcAnswer(error)) throw error
    return 0n
  }
}

/** Of logs of whole blocks. */
function keepAll<Entry>(source: LogSource<Entry>, logs: readonly RpcLog[]): Logged<Entry>[] {
  const entries = logs.flatMap((log) => {
    const entry = source.keep(log)
    if (entry === undefined || log.blockNumber === null || log.logIndex === null) return []
    const block = hexToNumber(log.blockNumber)
    return { block, position: block * 2 ** 20 + hexToNumber(log.logIndex), entry }
  })
  if (!source.subject) return entries
  const place = ({ block, entry }: Logged<Entry>) => `${block} ${source.subject?.(entry)}`
  const last = new Map(entries.map((logged) => [place(logged), logged]))
  return entries.filter((logged) => last.get(place(logged)) === logged)
}

function countUpTo(entries: readonly Logged<unknown>[], block: bigint): number {
  let count = entries.length
  while (count > 0 && (entries[count - 1]?.block ?? 0) > block) count--
  return count
}

/** Drops the indexes that were used longest ago, and what this one has where it alone is too large. */
function makeRoom(chains: Chains, index: Index): void {
  const all = indexes.get(chains) ?? new Map<string, Index>()
  let total = 0
  for (const other of all.values()) total += roomOf(other)
  for (const other of all.values()) {
    if (total <= MAX_ENTRIES) return
    if (other === index) continue
    all.delete(other.name)
    total -= roomOf(other)
  }
  if (total <= MAX_ENTRIES) return
  index.entries.length = 0
  index.isTooLarge = true
}

function roomOf({ entries }: Index): number {
  return Math.max(entries.length, LEAST_ENTRIES)
}
