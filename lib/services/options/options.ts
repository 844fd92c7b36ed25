/** How a space stands with the operator, the first that fits: what its limits depend on. */
export const spaceKinds = ['turbo', 'verified', 'flagged', 'default'] as const

export type SpaceKind = (typeof spaceKinds)[number]

/**
 * Every option and what it is unless the operator sets it: Snapshot's names, so that what reads its `options` can read
 * ours. Snapshot's own values depend on what a space pays; these are generous for everybody, and only keep a mistake or a
 * nuisance from filling the server. (Snapshot takes an option that is not set for 0, which blocks.)
 */
export const optionDefaults = {
  'space.default.proposal_limit_per_day': '100',
  'space.default.proposal_limit_per_month': '1000',
  'space.default.body_limit': '50000',
  'space.default.choices_limit': '100',
  'space.default.strategies_limit': '8',

  'space.verified.proposal_limit_per_day': '100',
  'space.verified.proposal_limit_per_month': '1000',
  'space.verified.body_limit': '50000',
  'space.verified.choices_limit': '100',
  'space.verified.strategies_limit': '8',

  'space.flagged.proposal_limit_per_day': '5',
  'space.flagged.proposal_limit_per_month': '50',
  'space.flagged.body_limit': '10000',
  'space.flagged.choices_limit': '20',
  'space.flagged.strategies_limit': '8',

  'space.turbo.proposal_limit_per_day': '500',
  'space.turbo.proposal_limit_per_month': '5000',
  'space.turbo.body_limit': '80000',
  'space.turbo.choices_limit': '500',
  'space.turbo.strategies_limit': '10',

  /** Ids of spaces, separated by commas: those of one house, which may propose more unless another kind fits. */
  'space.ecosystem.list': '',
  'space.ecosystem.proposal_limit_per_day': '500',
  'space.ecosystem.proposal_limit_per_month': '5000',

  /** Proposals of one author that have not ended, over all spaces; members of a space are exempt. */
  'space.active_proposal_limit_per_author': '50',
  /** 1: settings need a condition on proposers, and one on voters beside `ticket`, as on Snapshot's mainnet. */
  'space.require_validation': '0',

  'user.default.follow_limit': '500',
  /** Of the addresses in COMITIA_ADMINS. */
  'user.turbo.follow_limit': '5000',
} as const satisfies Readonly<Record<string, string>>

export type OptionName = keyof typeof optionDefaults

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(optionDefaults, name)
}
