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
