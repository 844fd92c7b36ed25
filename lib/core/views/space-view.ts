import type { HexString } from './hex-string'
import type { StrategyView } from './proposal-view'

export interface SpaceSummary {
  readonly id: string
  readonly name: string
  readonly about: string
  readonly avatar: string
  readonly symbol: string
  readonly proposals: number
  readonly activeProposals: number
  readonly votes: number
  readonly followers: number
  readonly activeAt: number
}

export interface SpaceView extends SpaceSummary {
  readonly network: string
  readonly website: string
  readonly controller: HexString
  readonly admins: readonly HexString[]
  readonly moderators: readonly HexString[]
  readonly members: readonly HexString[]
  readonly strategies: readonly StrategyView[]
  readonly voting: {
    readonly delay: number | null
    readonly period: number | null
    readonly type: string | null
    readonly quorum: number | null
    readonly quorumType: 'default' | 'rejection'
    readonly hideAbstain: boolean
  }
  readonly treasuries: readonly {
    readonly name: string
    readonly address: HexString
    readonly network: string
  }[]
  /** Why its settings are frozen, in words: its ENS name expired or changed hands. Null: they are not. */
  readonly nameProblem: string | null
  /** The settings object exactly as it was signed, for an editor to start from. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly createdAt: number
  readonly updatedAt: number
  /** Settings messages, newest first (at most 20). */
  readonly history: readonly {
    readonly id: HexString
    readonly by: HexString
    readonly at: number
    readonly changed: readonly string[]
  }[]
}
