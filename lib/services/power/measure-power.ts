import { createHash } from 'node:crypto'
import type { Address } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import { AppError } from '../../core/errors'
import { findPowers } from '../../db/power/find-powers'
import { savePowers } from '../../db/power/save-powers'
import { getStrategy } from '../../strategies/registry'
import { countsAt, demandsOf } from '../../strategies/strategy'
import type { Context } from '../context'
import { findBlock, type SnapshotBlock } from './find-block'
import type { FrozenStrategy } from './frozen-strategy'

export interface PowerQuestion {
  readonly strategies: readonly FrozenStrategy[]
  /** Where power is read; `latest` reads each chain's newest block. */
  readonly at: SnapshotBlock | 'latest'
  /** Checksummed, without duplicates. */
  readonly voters: readonly Address[]
  /** Everybody whose own ballot counts, where power depends on it; nobody unless told, which gives most. */
  readonly ballots?: ReadonlySet<Address> | undefined
  /**
   * Whether the answers are counted: those at final blocks are kept for ever, and other chains than the snapshot's, whose
   * reorgs nobody would notice afterwards, are read at final blocks alone. Not for questions that anybody may ask about
   * anybody.
   */
  readonly keep?: boolean
}

/** 18-decimal fixed point. */
export interface MeasuredPower {
  readonly total: bigint
  /** In the order of the question's strategies. */
  readonly byStrategy: readonly bigint[]
}

/** What a measurement takes of a context. */
export type PowerContext = Pick<Context, 'chains' | 'db' | 'fetchPublic'>

/** Strategies read at once. */
const CONCURRENCY = 4

/**
 * The power of these voters, of all of them. A strategy on another chain than the snapshot's, or a part of it, is read at
 * the last block there that is not younger than the snapshot. What is kept is not asked again.
 *
 * Throws `chain_unavailable` when a chain cannot be read, has another block under the snapshot's number, or is not final
 * there yet where it has to be;
 * `invalid` when a strategy's contract cannot answer; as `Strategy` tells, for which voters.
 */
export async function measurePower(
  ctx: PowerContext,
  question: PowerQuestion,
): Promise<Map<Address, MeasuredPower>> {
  const { strategies } = question
  const blocks = new Map<string, Promise<BlockRef>>()
  const parts: ReadonlyMap<string, bigint>[] = []
  for (let i = 0; i < strategies.length; i += CONCURRENCY) {
    const reads = strategies.slice(i, i + CONCURRENCY).map(async (strategy) => {
      const { network } = strategy
      const block = blocks.get(network) ?? findCountedBlock(ctx, Number(network), question)
      blocks.set(network, block)
      return measureStrategy(ctx, strategy, await block, question)
    })
    parts.push(...(await Promise.all(reads)))
  }
  return new Map(
    question.voters.map((voter) => {
      const byStrategy = parts.map((part) => part.get(voter) ?? 0n)
      return [voter, { total: byStrategy.reduce((sum, power) => sum + power, 0n), byStrategy }]
    }),
  )
}

async function measureStrategy(
  ctx: PowerContext,
  strategy: FrozenStrategy,
  block: BlockRef,
  question: PowerQuestion,
): Promise<ReadonlyMap<string, bigint>> {
  const { voters, ballots, keep = false } = question
  const code = getStrategy(strategy.id, strategy.version)
  const params = code.paramsSchema.parse(strategy.params)
  if (!countsAt(strategy.params, block)) return new Map()
  const isOpen = ballots !== undefined && demandsOf(code, params).ballots
  const ask = (asked: readonly Address[]) =>
    code.measure(ctx, {
      voters: asked,
      block,
      params,
      blockOn: (chainId) => findCountedBlock(ctx, chainId, question),
      ...(isOpen && { ballots }),
    })
  // Of an answer that the next ballot changes there is nothing to keep.
  if (!block.final || isOpen) return ask(voters)

  const source = sourceOf(strategy, block)
  const known = await findPowers(ctx.db, source, voters)
  const unknown = voters.filter((voter) => !known.has(voter))
  if (unknown.length === 0) return known
  const asked = await ask(unknown)
  if (keep) await savePowers(ctx.db, source, asked)
  return new Map([...known, ...asked])
}

async function findCountedBlock(
  ctx: PowerContext,
  chainId: number,
  { at, keep }: Pick<PowerQuestion, 'at' | 'keep'>,
): Promise<BlockRef> {
  const block = await findBlock(ctx, chainId, at)
  if (!keep || at === 'latest' || at.chainId === chainId || block.final) return block
  throw new AppError('chain_unavailable', {
    message: `Block ${block.number} of chain ${chainId} is not final yet.`,
  })
}

/** Names what an answer depends on, beside the voter. */
function sourceOf({ id, version, params }: FrozenStrategy, block: BlockRef): string {
  const text = JSON.stringify([`${id}@${version}`, params, block.chainId, block.hash])
  return createHash('sha256').update(text).digest('hex')
}
