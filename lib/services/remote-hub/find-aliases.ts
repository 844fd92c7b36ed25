import { ALIAS_SECONDS } from '../../core/messages/alias'
import { rebuildPlain } from '../../core/messages/rebuild-row'
import type { HexString } from '../../core/views/hex-string'
import { type CheckedRow, checkRow, type RemoteSources, type RowVerdict } from './check-row'
import type { RemoteMessage } from './hub-rows'
import type { RemoteHub } from './remote-hub'

/** A key that signed for somebody, and when. */
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
 * Looks for the messages by which voters linked the keys that signed for them. A hub's list of aliases says what holds
 * now; the messages say what held then, and are signed by the voter.
 */
export async function findAliases(
  sources: RemoteSources & { readonly hub: RemoteHub },
  used: readonly UsedAlias[],
): Promise<FoundAliases> {
  const keys = new Map<HexString, Map<HexString, number>>()
  for (const { principal, alias, chainId } of used) {
    const ofPrincipal = keys.get(principal) ?? new Map<HexString, number>()
    keys.set(principal, ofPrincipal.set(alias, chainId))
  }
  const links: AliasMessage[] = []
  const revocations: AliasMessage[] = []
  const principals = [...keys.keys()]
  for (let i = 0; i < principals.length; i += PRINCIPALS) {
    const told = await sources.hub.findMessages(
      { address_in: principals.slice(i, i + PRINCIPALS), type_in: ['alias', 'revoke-alias'] },
      { by: 'timestamp', direction: 'desc' },
    )
    for (const message of told) {
      for (const [alias, chainId] of keys.get(message.address) ?? []) {
        const kind = message.type === 'alias' ? 'alias' : 'revoke-alias'
        const principal = message.address
        const claim = {
          id: message.id,
          from: principal,
          kinds: [kind] as const,
          chainId,
          at: message.timestamp,
          rebuild: () =>
            rebuildPlain(kind, message.id, { from: principal, alias, timestamps: [message.timestamp] }),
        }
        const checked = await checkRow(sources, claim, message)
        if (checked.form?.message.alias !== alias) continue
        const found = { ...checked, told: message, principal, alias }
        if (kind === 'alias') links.push(found)
        else revocations.push(found)
      }
    }
  }
  return { links, verdictOf: (one) => verdictOf(one, links, revocations) }
}

function verdictOf(
  { principal, alias, at }: UsedAlias,
  links: readonly AliasMessage[],
  revocations: readonly AliasMessage[],
): RowVerdict {
  const isOf = (message: AliasMessage) => message.principal === principal && message.alias === alias
  const fitting = links.filter(
    (link) => isOf(link) && link.told.timestamp <= at + SLACK && link.told.timestamp >= at - ALIAS_SECONDS,
  )
  const best = fitting.find(({ signature }) => signature.status === 'passed') ?? fitting[0]
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
