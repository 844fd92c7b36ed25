import { type Definition, latestDefinition, type MessageKind } from '../core/messages/definitions'
import type { FieldValue } from '../core/messages/normalise-value'
import { SNAPSHOT_DOMAIN } from '../core/messages/resolve-message'
import type { HexString } from '../core/views/hex-string'
import type { BallotKind, Choice } from '../core/voting/voting-system'

/** What a wallet is asked to sign (`signTypedData`): the same bytes as snapshot.js 0.17.5 asks for. */
export interface MessageTypedData {
  readonly domain: typeof SNAPSHOT_DOMAIN
  readonly types: Definition['types']
  readonly primaryType: string
  readonly message: Readonly<Record<string, FieldValue>>
}

/** What Snapshot calls the platform of spaces that are not on a chain. */
const OWN_NETWORK = 's'

/** Who speaks, in which space, when (unix seconds; the server takes up to 6 days ago and 5 minutes ahead). */
interface Speech {
  /** EIP-55. */
  readonly from: HexString
  readonly space: string
  readonly timestamp: number
}

/** A ballot. `ballot` is the voting system's; it decides how the choice is encoded. */
export function voteTypedData(
  vote: Speech & {
    readonly proposal: string
    readonly ballot: BallotKind
    readonly choice: Choice
    readonly reason?: string
    readonly app?: string
    /** JSON text. */
    readonly metadata?: string
  },
): MessageTypedData {
  const { ballot, choice, ...rest } = vote
  const kind = (
    { single: 'vote', multiple: 'vote-array', ranked: 'vote-array', weighted: 'vote-string' } as const
  )[ballot]
  return typedData(kind, {
    reason: '',
    app: '',
    metadata: '{}',
    ...rest,
    choice: ballot === 'weighted' ? JSON.stringify(choice) : (choice as FieldValue),
  })
}

interface ProposalText extends Speech {
  /** A voting system's id. */
  readonly type: string
  readonly title: string
  readonly body: string
  readonly discussion?: string
  readonly choices: readonly string[]
  readonly labels?: readonly string[]
  /** JSON text. */
  readonly plugins: string
  readonly privacy?: string
}

/** A new proposal. `start`, `end` in unix seconds; `snapshot` is a block number. */
export function proposalTypedData(
  proposal: ProposalText & {
    readonly start: number
    readonly end: number
    readonly snapshot: number
    readonly app?: string
  },
): MessageTypedData {
  return typedData('proposal', { discussion: '', labels: [], privacy: '', app: '', ...proposal })
}

/** A new text for a proposal that has not started. */
export function updateProposalTypedData(
  update: ProposalText & { readonly proposal: string },
): MessageTypedData {
  return typedData('update-proposal', { discussion: '', labels: [], privacy: '', ...update })
}

/** Withdraws a proposal. */
export function cancelProposalTypedData(cancel: Speech & { readonly proposal: string }): MessageTypedData {
  return typedData('delete-proposal', { ...cancel })
}

/** A space's settings as a whole; `settings` is JSON text. */
export function settingsTypedData(settings: Speech & { readonly settings: string }): MessageTypedData {
  return typedData('settings', { ...settings })
}

/** Marks a proposal as spam, as an admin or a moderator. */
export function flagProposalTypedData(flag: Speech & { readonly proposal: string }): MessageTypedData {
  return typedData('flag-proposal', { ...flag })
}

/** Takes a space and its id away for good, as its controller. */
export function deleteSpaceTypedData(deletion: Speech): MessageTypedData {
  return typedData('delete-space', { ...deletion })
}

/** Begins or ends following a space of this platform. */
export function followTypedData(kind: 'follow' | 'unfollow', follow: Speech): MessageTypedData {
  return typedData(kind, { ...follow, network: OWN_NETWORK })
}

/** What somebody says about himself, as a whole; `profile` is JSON text. */
export function profileTypedData(
  profile: Omit<Speech, 'space'> & { readonly profile: string },
): MessageTypedData {
  return typedData('profile', { ...profile })
}

/** What a delegate says to a space. */
export function statementTypedData(
  statement: Speech & {
    readonly about: string
    readonly statement: string
    readonly status: 'ACTIVE' | 'INACTIVE'
    readonly discourse?: string
  },
): MessageTypedData {
  return typedData('statement', { discourse: '', ...statement, network: OWN_NETWORK })
}

/** Takes back a key's right to sign for `from`. */
export function revokeAliasTypedData(
  revocation: Omit<Speech, 'space'> & { readonly alias: HexString },
): MessageTypedData {
  return typedData('revoke-alias', { ...revocation })
}

/** The request body that carries a signed message to `POST /`. `address` is the signer, in EIP-55. */
export function toEnvelope(address: HexString, sig: HexString, { domain, types, message }: MessageTypedData) {
  return { address, sig, data: { domain, types, message } }
}

/** Under the definition that clients sign today, with exactly the fields it declares, in its order. */
function typedData(kind: MessageKind, values: Readonly<Record<string, FieldValue>>): MessageTypedData {
  const { types, primaryType, fields } = latestDefinition(kind)
  const message = Object.fromEntries(fields.map(({ name }) => [name, values[name] as FieldValue]))
  return { domain: SNAPSHOT_DOMAIN, types, primaryType, message }
}
