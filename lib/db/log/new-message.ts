import type { StatedModule } from '../../core/audit/module-config-json'
import type { MessageKind } from '../../core/messages/definitions'
import type { DecisionRule } from '../../core/proposal/rule'
import type { HexString } from '../../core/views/hex-string'
import type { Choice } from '../../core/voting/voting-system'
import type { JobRow } from '../job/add-jobs'

/** A message that passed every check, as the log takes it. */
export interface NewMessage {
  readonly id: HexString
  readonly kind: MessageKind
  /** Lower case. */
  readonly space: string
  /** On whose behalf the message speaks. */
  readonly author: HexString
  /** Unix seconds, as signed. */
  readonly timestamp: number
  /** Its definition signs no time: `timestamp` will be that of its acceptance, whatever it says here. */
  readonly isUndated?: true
  /** What `canonicalEnvelope` returned. */
  readonly envelope: { readonly text: string; readonly sha256: HexString; readonly cid: string }
  /** How the signature was checked, in JSON. */
  readonly verification: object
  readonly basis: Basis
  readonly effect: Effect
  /** Queued in the same transaction; several of one key become one. */
  readonly jobs: readonly JobRow[]
}

/** What the message was checked against. If that has changed by now, the message has to be checked again. */
export interface Basis {
  /** The space's newest settings message; null when there was no such space. */
  readonly settingsId?: HexString | null
  /** The message that holds the proposal's text, and the block its powers are read at. */
  readonly proposal?: {
    readonly id: HexString
    readonly definedBy: HexString
    readonly snapshotHash: HexString
  }
  /** The key that signed for the author, and the message that linked it to him. */
  readonly alias?: { readonly address: HexString; readonly link: HexString }
}

/** What an accepted message changes beside the log. */
export type Effect =
  | SaveSpace
  | { readonly type: 'delete-space' }
  | CreateProposal
  | EditProposal
  | HideProposal
  | FlagProposal
  | CastBallot
  | Follow
  | { readonly type: 'unfollow' }
  | { readonly type: 'subscribe' | 'unsubscribe' }
  | { readonly type: 'link-alias' | 'revoke-alias'; readonly alias: HexString }
  | SaveProfile
  | SaveStatement

export interface SaveSpace {
  readonly type: 'save-space'
  readonly name: string
  /** The settings as signed, normalised. */
  readonly settings: object
  readonly controller: HexString
  /** The web address that shows the space, without scheme or slash. */
  readonly domain: string | null
  /** Of an ENS name: who owns it now. */
  readonly nameOwner: HexString | null
  /** Unix seconds until which nobody but that owner can give the name away. */
  readonly nameKeptUntil: number | null
}

/** What an edit may change. */
export interface ProposalText {
  readonly title: string
  readonly body: string
  readonly discussion: string
  /** A voting system's id. */
  readonly votingType: string
  readonly choices: readonly string[]
  readonly labels: readonly string[]
  readonly plugins: object
  readonly privacy: string
  readonly rule: DecisionRule
}

export interface CreateProposal {
  readonly type: 'create-proposal'
  readonly text: ProposalText
  readonly app: string
  /** Unix seconds. */
  readonly start: number
  /** Unix seconds. */
  readonly end: number
  /** Chain id in decimal. */
  readonly network: string
  readonly snapshot: { readonly number: bigint; readonly hash: HexString; readonly timestamp: number }
  readonly symbol: string
  /** The message that holds the settings it was made under. */
  readonly settingsId: HexString
  /** Who may vote: {name, params}. */
  readonly voteValidation: object
  readonly quorum: number
  readonly quorumType: '' | 'rejection'
  /** sha256 over what was copied from the space. */
  readonly frozenHash: HexString
  /** 1 where its body has a link that the operator turns away: it is taken, and shown behind a warning. */
  readonly flagCode: 0 | 1
  /** Frozen strategies, in JSON. */
  readonly strategies: readonly object[]
  readonly executionHash: HexString | null
  /** The Safe that makes the calls; null without an execution. */
  readonly treasury: HexString | null
  /** Where a tally module decides: its config, and all power at the timepoint. */
  readonly module: StatedModule | null
  /** How many there may be already; null for authors who are not held to a number. */
  readonly limits: ProposalLimits | null
}

export interface ProposalLimits {
  /** In the space, in a day. */
  readonly perDay: number
  /** In the space, in 30 days. */
  readonly perMonth: number
  /** Of the author, in all spaces, not ended yet. */
  readonly openPerAuthor: number
}

export interface EditProposal {
  readonly type: 'edit-proposal'
  readonly proposal: HexString
  readonly text: ProposalText
  /** As of a new proposal. A flag that is there stays: only who may flag takes it back. */
  readonly flagCode: 0 | 1
}

export interface HideProposal {
  readonly type: 'hide-proposal'
  readonly proposal: HexString
  readonly as: 'author' | 'admin' | 'moderator'
}

export interface FlagProposal {
  readonly type: 'flag-proposal'
  readonly proposal: HexString
  readonly as: 'admin' | 'moderator'
}

export interface Follow {
  readonly type: 'follow'
  readonly network: string
  /** So many spaces the follower may follow. */
  readonly most: number
}

export interface SaveProfile {
  readonly type: 'save-profile'
  readonly profile: object
}

export interface SaveStatement {
  readonly type: 'save-statement'
  readonly about: string
  readonly statement: string
  readonly discourse: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly network: string
}

export interface CastBallot {
  readonly type: 'cast-ballot'
  readonly proposal: HexString
  readonly choice: Choice
  readonly reason: string
  readonly app: string
  readonly metadata: object
  /** One power per strategy of the proposal; null while they cannot be read. */
  readonly powerByStrategy: readonly bigint[] | null
  /** Whether that power may still change, because it depends on who else votes. */
  readonly provisional: boolean
  /** False for a ballot that whoever settles the proposal cannot count: kept and shown, never summed. */
  readonly countable: boolean
}

/** The proposal a message is about, its own id if it is one; null for messages about spaces and people. */
export function proposalOf({ id, effect }: Pick<NewMessage, 'id' | 'effect'>): HexString | null {
  if (effect.type === 'create-proposal') return id
  return 'proposal' in effect ? effect.proposal : null
}
