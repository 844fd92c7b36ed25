import type { MessageKind } from '../messages/definitions'
import type { HexString } from './hex-string'
import type { MessageView } from './record-view'

/** One thing that happened in a space. */
export interface TrailEntry {
  /** A message's id; of what has no message, a name that stays the same. */
  readonly id: string
  /** Unix seconds: when the message was accepted, or the thing happened. */
  readonly at: number
  /** Who signed it, or sent the transaction; null where this server did it, or nobody is known. */
  readonly author: HexString | null
  readonly proposal: { readonly id: HexString; readonly title: string } | null
  readonly what: TrailFact
  /** Null: nobody signed a message, this server says so. */
  readonly message: TrailMessage | null
}

/** The signed message that an entry is. */
export interface TrailMessage extends Pick<MessageView, 'logIndex' | 'timestamp' | 'acceptedAtMs' | 'cid'> {
  readonly kind: MessageKind
  readonly signature: HexString
  readonly verification: MessageView['verification']
}

/** What happened, as facts: `describeEntry` of core/trail makes the sentence. */
export type TrailFact =
  | BallotFact
  | {
      readonly kind: 'proposal'
      /** A voting system's id. */
      readonly type: string
      readonly options: number
      readonly hasExecution: boolean
    }
  | ({ readonly kind: 'edit' } & Changes)
  | { readonly kind: 'withdrawal'; readonly as: 'author' | 'admin' | 'moderator' }
  | { readonly kind: 'flag'; readonly as: 'admin' | 'moderator' }
  /** Of the whole space. */
  | { readonly kind: 'deletion' }
  | ({
      readonly kind: 'settings'
      /** The settings that claimed the space. */
      readonly isFirst: boolean
      /** The least right that suffices: an admin may change everything but admins and controller. */
      readonly as: 'controller' | 'admin'
    } & Changes)
  | {
      readonly kind: 'result'
      readonly status: 'passed' | 'rejected' | 'quorum-missed'
      /** The sentence it was announced in. */
      readonly text: string
      readonly ballots: number
      /** The log that it was computed from. */
      readonly logSize: number
      readonly logRoot: HexString
    }
  | {
      readonly kind: 'settlement'
      /** What was done on chain, as the proposal's timeline calls it: "Committed". */
      readonly step: string
      readonly chainId: number
      readonly transactionHash: HexString
      readonly reason: string | null
    }
  | {
      readonly kind: 'confirmation'
      /** What the Safe's owner signed, and how. */
      readonly safeTxHash: HexString
      readonly signature: HexString
    }

export interface BallotFact {
  readonly kind: 'ballot'
  readonly choiceText: string
  /** The choice of the same voter's ballot that it replaced. */
  readonly formerChoiceText: string | null
  /** As in `MessageView`, now. */
  readonly state: NonNullable<MessageView['ballot']>['state']
  /** Where in the log the ballot is that replaced it. */
  readonly supersededBy: number | null
  /** 18 decimals; null while unknown. */
  readonly power: string | null
  readonly symbol: string
  readonly reason: string
}

export interface Changes {
  readonly changes: readonly FieldChange[]
  /** Changes that `changes` has no room for: the messages themselves say all. */
  readonly more: number
}

/** How one field differs, named by its path ("voting.quorum"). Values are text as signed; null: there was none. */
export type FieldChange =
  | { readonly field: string; readonly from: string | null; readonly to: string | null }
  | { readonly field: string; readonly added: readonly string[]; readonly removed: readonly string[] }
  /** Too long to be shown side by side. */
  | { readonly field: string }
