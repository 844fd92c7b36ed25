import { AppError, refuse } from '../../core/errors'
import { flagProposal } from '../../db/moderation/flag-proposal'
import { rateSpace, type SpaceRating } from '../../db/moderation/rate-space'
import type { Context } from '../context'

/** What the operator does to a space, and what it says of the space. Snapshot has the first five. */
const spaceActs = {
  flag: (flagCode) => ({ flagCode }),
  unflag: () => ({ flagCode: 0 }),
  verify: () => ({ verified: true }),
  hibernate: () => ({ hibernated: true }),
  reactivate: () => ({ hibernated: false }),
  unverify: () => ({ verified: false }),
  turbo: () => ({ turbo: true }),
  unturbo: () => ({ turbo: false }),
} as const satisfies Readonly<Record<string, (flagCode: number) => SpaceRating>>

export const spaceActions = Object.keys(spaceActs) as readonly (keyof typeof spaceActs)[]
export const proposalActions = ['flag', 'unflag'] as const

/** An act of the operator on a space or a proposal. */
export interface Moderation {
  readonly type: string
  /** Its id. */
  readonly value: string
  readonly action: string
  /** Of a flag: 1 spam or malice unless given, 2 a legal notice. */
  readonly flagCode?: number | undefined
}

/**
 * Does it, and logs it with `by`, who asked. Throws `invalid` for an act that there is not, `not_found` for what is not
 * there. Nothing in the log of messages changes, nor what was voted.
 */
export async function moderate(
  ctx: Pick<Context, 'db' | 'log'>,
  { type, value, action, flagCode = 1 }: Moderation,
  by: string,
): Promise<void> {
  const id = value.toLowerCase()
  const isThere = await apply()
  if (!isThere) throw new AppError('not_found', { message: `There is no ${type} "${value}".` })
  ctx.log.info({ event: `moderation.${action}`, type, id, by, ...(action === 'flag' && { flagCode }) })

  function apply(): Promise<boolean> {
    const spaceAction = spaceActions.find((known) => known === action)
    if (type === 'space' && spaceAction) return rateSpace(ctx.db, id, spaceActs[spaceAction](flagCode))
    const isProposalAct = type === 'proposal' && proposalActions.some((known) => known === action)
    if (isProposalAct) return flagProposal(ctx.db, id, action === 'flag' ? flagCode : 0)
    return refuse(`There is no act "${action}" on a ${type}.`)
  }
}
