import type { Context } from '../context'
import { knownOptions } from './known-options'
import type { OptionName, SpaceKind } from './options'

/** A space as far as its limits go. */
export interface RatedSpace {
  readonly id: string
  readonly turbo: boolean
  readonly verified: boolean
  readonly flagCode: number
}

/** How much a space, its authors and somebody who follows spaces may ask of this installation. */
export interface Limits {
  readonly kind: SpaceKind
  /** Of everybody in a space; its members are never kept out. */
  readonly proposalsPerDay: number
  readonly proposalsPerMonth: number
  readonly bodyCharacters: number
  readonly choices: number
  /** Of votes, and as many again of a condition on people. */
  readonly strategies: number
  /** Proposals of one author that have not ended, over all spaces; members of a space are exempt. */
  readonly openProposalsPerAuthor: number
  /** Whether settings must say who may propose, and with `ticket` who may vote. */
  readonly requireValidation: boolean
  /** Spaces that one person follows. */
  readonly follows: number
}

/**
 * The limits of a space (of a new one unless given) and of a person, as the operator set them some seconds ago at
 * latest. A space is of the first kind that fits: turbo, verified, flagged, default. One of the ecosystem's list that is of
 * no other kind may propose as often as that list may.
 */
export async function readLimits(
  ctx: Pick<Context, 'db' | 'clock' | 'env'>,
  { space, person }: { readonly space?: RatedSpace | undefined; readonly person?: string } = {},
): Promise<Limits> {
  const options = await knownOptions(ctx)
  const number = (name: OptionName) => Number(options[name])
  const kind = kindOf(space)
  const ecosystem = options['space.ecosystem.list'].split(',')
  const isHouse = kind === 'default' && space !== undefined && ecosystem.includes(space.id)
  const proposing = isHouse ? 'ecosystem' : kind
  const isOperator = ctx.env.admins.some((admin) => admin === person)
  return {
    kind,
    proposalsPerDay: number(`space.${proposing}.proposal_limit_per_day`),
    proposalsPerMonth: number(`space.${proposing}.proposal_limit_per_month`),
    bodyCharacters: number(`space.${kind}.body_limit`),
    choices: number(`space.${kind}.choices_limit`),
    strategies: number(`space.${kind}.strategies_limit`),
    openProposalsPerAuthor: number('space.active_proposal_limit_per_author'),
    requireValidation: options['space.require_validation'] === '1',
    follows: number(isOperator ? 'user.turbo.follow_limit' : 'user.default.follow_limit'),
  }
}

function kindOf(space: RatedSpace | undefined): SpaceKind {
  if (space?.turbo) return 'turbo'
  if (space?.verified) return 'verified'
  return space && space.flagCode > 0 ? 'flagged' : 'default'
}
