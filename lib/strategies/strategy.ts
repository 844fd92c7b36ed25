import type { Address } from 'viem'
import type { z } from 'zod'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'

/** What is asked of a strategy: the power of these voters at this block, under these parameters. */
export interface PowerRequest<Params> {
  /** Checksummed, without duplicates. */
  readonly voters: readonly Address[]
  readonly block: BlockRef
  readonly params: Params
}

/**
 * Where voting power comes from. Answers are 18-decimal fixed point (one whole token is 10^18, whatever the
 * token's own decimals), exact, for every voter asked, never negative, and the same whenever the same final
 * block is asked again. An unreachable chain throws `chain_unavailable`; a contract that cannot answer
 * throws `invalid` with a sentence naming it; `details.unreadable` lists all voters asked that it has no answer
 * for, `details.final` says whether the block is final, so that it never will.
 *
 * `id@version` is stored with each proposal: a change of behaviour is a new file with a higher version.
 */
export interface Strategy<Id extends string = string, Params = unknown> {
  readonly id: Id
  readonly version: number
  readonly label: string
  readonly paramsSchema: z.ZodType<Params>
  /** The source of the power in words, for voters: "Votes of token 0x… held or delegated, at the snapshot block". */
  describe(params: Params): string
  /** Why a voter may have none, and what to do about it next time. */
  explainZero(params: Params): string
  measure(ctx: { readonly chains: Chains }, request: PowerRequest<Params>): Promise<Map<Address, bigint>>
}

/** Ties a strategy's literal id and parameter type together. */
export function defineStrategy<const Id extends string, Params>(
  strategy: Strategy<Id, Params>,
): Strategy<Id, Params> {
  return strategy
}
