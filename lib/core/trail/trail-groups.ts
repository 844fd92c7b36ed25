import type { MessageKind } from '../messages/definitions'

/** What a trail can be narrowed to, with the messages that belong there; `results` are what this server did. */
export const trailGroups = {
  ballots: ['vote', 'vote-array', 'vote-string'],
  proposals: ['proposal', 'update-proposal'],
  withdrawals: ['delete-proposal', 'flag-proposal'],
  settings: ['settings', 'delete-space'],
  results: [],
} as const satisfies Record<string, readonly MessageKind[]>

export type TrailGroup = keyof typeof trailGroups

export const trailGroupNames = Object.keys(trailGroups) as readonly TrailGroup[]
