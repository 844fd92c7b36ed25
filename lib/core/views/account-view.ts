import type { HexString } from './hex-string'
import type { VoteView } from './proposal-view'

/** What an account has signed about itself. Nobody checked whether it is true. Times are unix seconds. */
export interface AccountView {
  readonly address: HexString
  /** The profile as it was signed, for an editor to start from; null when there is none. */
  readonly profile: Readonly<Record<string, unknown>> | null
  readonly follows: readonly { readonly space: string; readonly name: string; readonly since: number }[]
  /** The newest first. */
  readonly statements: readonly StatementView[]
  /** Keys that may sign for it now. */
  readonly aliases: readonly {
    readonly alias: HexString
    readonly since: number
    readonly until: number
  }[]
}

/** What an account calls itself. */
export interface NameView {
  readonly address: HexString
  readonly name: string
  readonly about: string
}

/** What a delegate says to a space. */
export interface StatementView {
  readonly delegate: HexString
  readonly space: string
  readonly about: string
  /** Markdown. */
  readonly statement: string
  /** Whether the delegate says that power may be delegated to him now. */
  readonly isActive: boolean
  readonly updatedAt: number
  /** The message that says it. */
  readonly id: HexString
}

/** A ballot as somebody's own list shows it: with what it was about. */
export interface AccountVoteView {
  readonly vote: VoteView
  readonly space: string
  readonly title: string
  readonly symbol: string
}
