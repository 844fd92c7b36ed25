import { recoverAddress } from '../../chain/recover-address'
import { ALIAS_SECONDS } from '../../core/messages/alias'
import { parseCanonicalEnvelope } from '../../core/messages/parse-canonical-envelope'
import { rebuildPlain } from '../../core/messages/rebuild-row'
import { normaliseSignature } from '../../core/messages/signature'
import type { HexString } from '../../core/views/hex-string'
import { type CheckedRow, checkRow, type RemoteSources, type RowVerdict } from './check-row'
import type { RemoteMessage } from './hub-rows'
import type { RemoteHub } from './remote-hub'

/** A key that signed for somebody, perhaps his own, and when. */
export interface UsedAlias {
  readonly principal: HexString
  readonly alias: HexString
  /** Unix seconds. */
  readonly at: number
  readonly chainId: number
}

/** The signed message that links a key to its principal. */
export interface AliasMessage extends CheckedRow {
  readonly told: RemoteMessage
  readonly principal: HexString
  readonly alias: HexString
}

export interface FoundAliases {
  /** Whether a key was entitled when it signed. */
  verdictOf(used: UsedAlias): RowVerdict
  /** Everything that links one of the keys asked about. */
  readonly links: readonly AliasMessage[]
}

/** By which a signer's clock may be wrong. */
const SLACK = 300
/** Asked about at once: each may have linked many keys. */
const PRINCIPALS = 20
/**
 * How often a message is held against a key that it may name, for all who are asked about: those that a key of their author
 * signed, and all others, whose author may be a contract.
 */
const MOST_TRIES = { byKey: 5_000, other: 500 }
/** Of those others, held against a contract's word: each takes questions to a node. */
const MOST_CONTRACTS = 100

/**
 * Looks for the messages by which voters linked the keys that signed for them. A hub's list of aliases says what holds
 * now; the messages say what held then, and are signed by the voter. A hub can make up any number: what is not looked at
 * any more leaves the verdict on its author open.
 */
export async function findAliases(
  sources: RemoteSources & { readonly hub: RemoteHub },
  used: readonly UsedAlias[],
): Promise<FoundAliases> {
  const keys = new Map<HexString, Map<HexString, number>>()
  for (const { principal, alias, chainId } of used) {
    if (principal === alias) continue
    const ofPrincipal = keys.get(principal) ?? new Map<HexString, number>()
    keys.set(principal, ofPrincipal.set(alias, chainId))
  }
  const links: AliasMessage[] = []
  const revocations: AliasMessage[] = []
  const givenUp = new Set<HexString>()
  const tries = { byKey: 0, other: 0 }
  let contracts = 0
  const principals = [...keys.keys()]
  for (let i = 0; i < principals.length; i += PRINCIPALS) {
    const told = await sources.hub.findMessages(
      { address_in: principals.slice(i, i + PRINCIPALS), type_in: ['alias', 'revoke-alias'] },
      { by: 'timestamp', direction: 'desc' },
    )
    for (const message of told) {
      const principal = message.address
      const asked = keys.get(principal)
      if (!asked) continue
      const isByKey =
        message.sig !== null &&
        (await recoverAddress(message.id, normaliseSignature(message.sig))) === principal
      const signed = isByKey ? 'byKey' : 'other'
      const kind = message.type === 'alias' ? 'alias' : 'revoke-alias'
      const rebuild = (alias: HexString) =>
        rebuildPlain(kind, message.id, { from: principal, alias, timestamps: [message.timestamp] })
      const named = namedIn(message)
      const alias = [...asked.keys()].find((key) => {
        if (named !== undefined) return named === key
        tries[signed] += 1
        return tries[signed] <= MOST_TRIES[signed] && rebuild(key) !== undefined
      })
      if (tries[signed] > MOST_TRIES[signed]) givenUp.add(principal)
      if (alias === undefined) continue
      if (!isByKey) contracts += 1
      if (contracts > MOST_CONTRACTS && !isByKey) {
        givenUp.add(principal)
        continue
      }
      const claim = {
        id: message.id,
        from: principal,
        kinds: [kind] as const,
        chainId: asked.get(alias) ?? 1,
        at: message.timestamp,
        rebuild: () => rebuild(alias),
      }
      const checked = await checkRow(sources, claim, message)
      // No key lets another.
      if (checked.form?.message.alias !== alias || checked.signer !== principal) continue
      const timestamp = Number(checked.form.message.timestamp)
      const found = { ...checked, told: { ...message, timestamp }, principal, alias }
      if (kind === 'alias') links.push(found)
      else revocations.push(found)
    }
  }
  return { links, verdictOf: (one) => verdictOf(one, links, revocations, givenUp) }
}

/** The key that a message links, where the hub shows what was signed. */
function namedIn({ envelope }: RemoteMessage): unknown {
  try {
    return envelope ? parseCanonicalEnvelope(envelope).resolved.message.alias : undefined
  } catch {
    return undefined
  }
}

function verdictOf(
  { principal, alias, at }: UsedAlias,
  links: readonly AliasMessage[],
  revocations: readonly AliasMessage[],
  givenUp: ReadonlySet<HexString>,
): RowVerdict {
  if (principal === alias) return { status: 'passed' }
  const isOf = (message: AliasMessage) => message.principal === principal && message.alias === alias
  const fitting = links.filter(
    (link) => isOf(link) && link.told.timestamp <= at + SLACK && link.told.timestamp >= at - ALIAS_SECONDS,
  )
  const best = fitting.find(({ signature }) => signature.status === 'passed') ?? fitting[0]
  if (!best && givenUp.has(principal)) {
    const reason = `${alias} signed it, and the hub shows too many messages of ${principal} to look for one that lets it`
    return { status: 'open', reason }
  }
  if (!best)
    return { status: 'failed', reason: `${alias} signed it, and no message of ${principal} lets that key` }
  const isRevoked = revocations.some(
    (message) =>
      isOf(message) && message.told.timestamp > best.told.timestamp && message.told.timestamp < at - SLACK,
  )
  if (isRevoked)
    return { status: 'failed', reason: `${alias} signed it after ${principal} had revoked that key` }
  return best.signature
}
