import type { Address } from 'viem'
import { z } from 'zod'
import { findBlockBeside } from '../chain/block-beside'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import { AppError } from '../core/errors'
import type { FetchPublic } from '../platform/fetch-public'

/** What is asked of a strategy: the power of these voters at this block, under these parameters. */
export interface PowerRequest<Params> {
  /** Checksummed, without duplicates. */
  readonly voters: readonly Address[]
  readonly block: BlockRef
  readonly params: Params
  /** The block of another chain that goes with this one; unless given, the last there that is not younger. */
  readonly blockOn?: (chainId: number) => Promise<BlockRef>
  /**
   * Everybody whose own ballot counts, for strategies whose `demands` say so: who votes takes back from a delegate what he
   * lent. Nobody unless told, which gives the most that each voter can have.
   */
  readonly ballots?: ReadonlySet<Address>
}

/** Where strategies read. */
export interface Sources {
  readonly chains: Chains
  /** Undefined where the operator does not let spaces send this server to others. */
  readonly fetchPublic?: FetchPublic | undefined
}

/** What a strategy takes, under some parameters, beside the chain it is asked about. */
export interface Demands {
  /** More chains, by id. */
  readonly chains: readonly number[]
  /** The power of a voter depends on who else votes: `PowerRequest.ballots`. */
  readonly ballots: boolean
  /** How many of its parts ask other servers: `Sources.fetchPublic`. */
  readonly web: number
  /** Strategies that it is made of, itself among them. */
  readonly size: number
}

/**
 * Where voting power comes from. Answers are 18-decimal fixed point (one whole token is 10^18, whatever the
 * token's own decimals), exact, for every voter asked, never negative, and the same whenever the same final
 * block is asked again, with the same `ballots` where they matter, and whoever else is asked about. An unreachable
 * chain or server throws `chain_unavailable`; a contract that cannot answer throws `invalid` with a sentence naming
 * it; `details.unreadable` lists all voters asked that it has no answer for, `details.final` says whether the block
 * is final, so that it never will.
 *
 * `id@version` is stored with each proposal: a change of behaviour is a new file with a higher version.
 */
export interface Strategy<Id extends string = string, Params = unknown> {
  readonly id: Id
  readonly version: number
  readonly label: string
  readonly paramsSchema: z.ZodType<Params>
  /** Parameters as settings write them. */
  readonly example: Readonly<Record<string, unknown>>
  /** The source of the power in words, for voters: "Votes of token 0x… held or delegated, at the snapshot block". */
  describe(params: Params): string
  /** Why a voter may have none, and what to do about it next time. */
  explainZero(params: Params): string
  /** What is not said here, it does not take. */
  demands?(params: Params): Partial<Demands>
  measure(ctx: Sources, request: PowerRequest<Params>): Promise<Map<Address, bigint>>
  /**
   * Whose power changes, beside their own, when these accounts come to vote: perhaps some more, nobody less. Nobody's
   * unless `demands` says `ballots`. Throws as `measure`.
   */
  listAffected?(ctx: Sources, request: Omit<PowerRequest<Params>, 'ballots'>): Promise<ReadonlySet<Address>>
}

/** Ties a strategy's literal id and parameter type together. */
export function defineStrategy<const Id extends string, Params>(
  strategy: Strategy<Id, Params>,
): Strategy<Id, Params> {
  return strategy
}

/** What a strategy takes under parameters that its schema has read. */
export function demandsOf(strategy: Strategy, params: unknown): Demands {
  return { chains: [], ballots: false, web: 0, size: 1, ...strategy.demands?.(params) }
}

/** Whether a strategy counts at a block: parameters may name the first and the last one at which it does. */
export function countsAt(params: unknown, { number }: Pick<BlockRef, 'number'>): boolean {
  const { start, end } = windowSchema.safeParse(params).data ?? {}
  return !(start !== undefined && number < start) && !(end !== undefined && number > end)
}

const windowSchema = z.object({
  start: z.int().optional().catch(undefined),
  end: z.int().optional().catch(undefined),
})

/**
 * Where a strategy that reads several chains reads one of them. Throws `chain_unavailable` as long as an answer that is
 * asked for at a final block would depend on one that is not.
 */
export async function findBlockOn(
  { chains }: Pick<Sources, 'chains'>,
  { block, blockOn }: Pick<PowerRequest<unknown>, 'block' | 'blockOn'>,
  chainId: number | undefined,
): Promise<BlockRef> {
  if (chainId === undefined || chainId === block.chainId) return block
  const beside = await (blockOn ? blockOn(chainId) : findBlockBeside(chains, block, chainId))
  if (beside.final || !block.final) return beside
  throw new AppError('chain_unavailable', {
    message: `Block ${beside.number} of chain ${chainId} is not final yet.`,
  })
}
