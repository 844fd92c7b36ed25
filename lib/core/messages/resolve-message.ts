import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import { type Definition, findDefinition, type MessageKind } from './definitions'
import { type Domain, domainFields, hashMessage } from './hash-message'
import { type FieldValue, normaliseValue } from './normalise-value'
import type { Envelope } from './parse-envelope'
import { refuseStarknet } from './refuse-starknet'
import { parseSpaceId } from './space-id'

/** The domain that all of Snapshot's messages are signed under. */
export const SNAPSHOT_DOMAIN = { name: 'snapshot', version: '0.1.4' } as const satisfies Domain

/** A message whose every value is one that its signer saw, in one form only. */
export interface ResolvedMessage {
  readonly kind: MessageKind
  readonly definition: Definition
  /** `SNAPSHOT_DOMAIN`, plus what the wallet added to it (a chain id, as a rule). */
  readonly domain: Domain
  /** Exactly the fields the definition declares, in its order, normalised. `space` keeps the case that was signed. */
  readonly message: Readonly<Record<string, FieldValue>>
  /** The message's id, which is its EIP-712 digest. It covers `from`, not the signer. */
  readonly id: HexString
  /** What the signature must be over: the same 32 bytes as `id`. */
  readonly digest: HexString
  /** On whose behalf the message speaks. EIP-55. */
  readonly from: HexString
  /** Lower case. Absent in messages about no space (`profile`, `alias`, `revoke-alias`). */
  readonly space?: string
  /**
   * Unix seconds. Six old definitions do not sign one (`follow`, `unfollow`, `subscribe`, `unsubscribe`, `alias`,
   * `delete-space`): then it is only the carrier's word, and `message` has no `timestamp`.
   */
  readonly timestamp: number
}

/**
 * Finds out what an envelope says: selects the type definition from our own list, drops every key that the definition
 * does not declare, brings the rest to its declared type, and derives the id.
 *
 * @throws AppError `invalid`: `proposal cannot contain whitespace` | `wrong domain` | `wrong types` | `Invalid space id` |
 * `wrong timestamp` | `signature validation failed` (a declared field is missing, or has a value that no wallet could have
 * signed under its type: Snapshot's words for it, since its hashing fails there; `details.field` names it), or that
 * Starknet is not supported
 */
export function resolveMessage({ data }: Envelope): ResolvedMessage {
  const { proposal } = data.message
  if (typeof proposal === 'string' && proposal.includes(' ')) refuse('proposal cannot contain whitespace')
  const definition = findDefinition(data.types)
  // Known, but not signable by an EVM account; its domain is another one too.
  if (definition && 'StarkNetDomain' in definition.types) refuseStarknet()
  const domain = resolveDomain(data.domain)
  if (!definition) refuse('wrong types')
  const message = project(definition, data.message)
  const { from, timestamp } = data.message
  // Only where the definition does not sign it can it still be no whole second.
  if (!Number.isSafeInteger(timestamp)) refuse('wrong timestamp')
  const id = hashMessage(definition, domain, message)
  return {
    kind: definition.kind,
    definition,
    domain,
    message,
    id,
    digest: id,
    from,
    ...(typeof message.space === 'string' && { space: parseSpaceId(message.space).id }),
    timestamp,
  }
}

function resolveDomain(sent: Envelope['data']['domain']): Domain {
  const entries = domainFields
    .filter(({ name }) => Object.hasOwn(sent, name))
    .map(({ name, type }) => [name, normaliseValue(type, sent[name])])
  const domain = Object.fromEntries(entries) as Domain
  // A key that EIP-712 does not know cannot be hashed: Snapshot's encoder fails on it too.
  const isKnown =
    entries.length === Object.keys(sent).length && entries.every(([, value]) => value !== undefined)
  if (!isKnown || domain.name !== SNAPSHOT_DOMAIN.name || domain.version !== SNAPSHOT_DOMAIN.version) {
    refuse('wrong domain')
  }
  return domain
}

function project(definition: Definition, sent: Envelope['data']['message']): ResolvedMessage['message'] {
  return Object.fromEntries(
    definition.fields.map(({ name, type }) => {
      const value = Object.hasOwn(sent, name) ? normaliseValue(type, sent[name]) : undefined
      if (value === undefined) refuse('signature validation failed', { field: name, type })
      return [name, value]
    }),
  )
}
