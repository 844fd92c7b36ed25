import type { Address } from 'viem'
import type { z } from 'zod'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import type { SpaceSettings } from '../core/messages/settings'
import type { FetchPublic } from '../platform/fetch-public'

/** What a validation is asked: whether this person may propose, or vote, under these parameters. */
export interface ValidationRequest<Params> {
  /** Checksummed. */
  readonly author: Address
  /** Of the space's chain. */
  readonly block: BlockRef
  readonly params: Params
}

/** A server that scores passports, as the operator named it. */
export interface PassportScorer {
  /** Of one scorer, without a slash at the end: `https://api.passport.xyz/v2/stamps/335`. */
  readonly url: string
  readonly fetch: FetchPublic
}

/** Where validations read. */
export interface ValidationSources {
  readonly chains: Chains
  /** Undefined where the operator named none. */
  readonly passport?: PassportScorer | undefined
  /** The author's power by these strategies together, else by the default ones; 18-decimal fixed point. */
  measure(strategies: SpaceSettings['strategies'] | undefined): Promise<bigint>
}

export type ValidationUse = 'proposal' | 'vote'

/**
 * A condition on people, beside their power. The answer is about one block, and depends on nothing but what the sources
 * say. What cannot be read now throws `chain_unavailable`; what never can, `invalid`.
 */
export interface Validation<Id extends string = string, Params = unknown> {
  readonly id: Id
  readonly version: number
  readonly label: string
  /** In a sentence, for those who set it and those who do not meet it. */
  readonly description: string
  readonly uses: readonly ValidationUse[]
  readonly paramsSchema: z.ZodType<Params>
  /** Parameters as settings write them. */
  readonly example: Readonly<Record<string, unknown>>
  /** Why it cannot be checked with these sources; undefined when it can. */
  findObstacle?(sources: Pick<ValidationSources, 'passport'>): string | undefined
  /** Strategies that its parameters name. */
  strategiesOf?(params: Params): SpaceSettings['strategies'] | undefined
  isMet(sources: ValidationSources, request: ValidationRequest<Params>): Promise<boolean>
}

/** Ties a validation's literal id and parameter type together. */
export function defineValidation<const Id extends string, Params>(
  validation: Validation<Id, Params>,
): Validation<Id, Params> {
  return validation
}
