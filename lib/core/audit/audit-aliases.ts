import { ALIAS_SECONDS, aliasKinds, parseAlias } from '../messages/alias'
import { signedTime } from '../messages/signed-time'
import type { HexString } from '../views/hex-string'
import type { Poll } from './audit-proposal'
import type { Findings } from './findings'
import type { ReadMessage } from './read-message'

interface Link {
  /** The message that made or ended it. */
  readonly id: HexString
  /** Unix seconds; undefined: it was revoked. */
  readonly createdAt: number | undefined
  /** Newest revocation, unix seconds. */
  readonly revokedAt: number
  /** The chain whose contract accepted it; undefined: a key signed it. */
  readonly network: string | undefined
}

/** Follows in log order which keys may sign for whom, and holds against it what authors did not sign themselves. */
export function createAliasAudit(findings: Findings, poll: () => Poll | undefined) {
  const links = new Map<string, Link>()
  const used = new Set<string>()
  let byAliases = 0

  return {
    /** An `alias` or `revoke-alias` message. */
    add({ line, resolved }: ReadMessage): void {
      const { id, kind, from, message } = resolved
      const { alias } = parseAlias(message, kind === 'alias' ? kind : 'revoke-alias')
      const known = links.get(placeOf(from, alias))
      // Whoever finds a link without a time, years later, could make it good for 90 days more: none is taken.
      const signedAt = signedTime(resolved) ?? -1
      const revokedAt = known?.revokedAt ?? -1
      if (kind === 'alias') {
        findings.expect(
          alias !== from && signedAt > revokedAt,
          'aliases',
          `Link ${id} is of ${from} to itself, without a time, or older than what revoked it.`,
          id,
        )
      }
      links.set(placeOf(from, alias), {
        id,
        ...(kind === 'alias'
          ? { createdAt: signedAt, revokedAt }
          : { createdAt: undefined, revokedAt: Math.max(revokedAt, signedAt, known?.createdAt ?? -1) }),
        network: line.contract?.network,
      })
    },

    /** Any message, when what is before it in the log is known. */
    check({ line, resolved: { id, from, kind }, signer, acceptedAt }: ReadMessage): void {
      if (signer === from) return
      byAliases += 1
      const place = placeOf(from, signer)
      const link = links.get(place)
      used.add(place)
      const problem = problemOf(link, acceptedAt)
      findings.expect(
        aliasKinds.includes(kind) && problem === undefined,
        'aliases',
        `Message ${id} (${kind}) is signed by ${signer} for ${from}: ${problem ?? 'nobody may sign that for another'}.`,
        id,
      )
      // At the address of a contract on one chain there may be somebody else's on another.
      const isOfKey = findings.expect(
        !line.contract,
        'aliases',
        `Message ${id} is signed for ${from} by the contract ${signer}, which signs for nobody else.`,
        id,
      )
      if (!isOfKey) return
      const network = poll()?.network
      findings.expect(
        link?.network === undefined || link.network === network,
        'contracts',
        `Link ${link?.id} was accepted by a contract on chain ${link?.network}; the space is on chain ${network}.`,
        link?.id,
      )
    },

    finish(): void {
      for (const [place, { id }] of links) {
        findings.expect(used.has(place), 'forms', `Link ${id} has no place in a bundle: nobody used it.`, id)
      }
      findings.describe(
        'aliases',
        byAliases === 0
          ? 'Everybody signed for himself.'
          : `${byAliases} messages were signed by keys that their authors had linked.`,
      )
    },
  }
}

function placeOf(principal: string, alias: string): string {
  return `${principal} ${alias}`
}

/** Why a key may not sign at that time (unix seconds). */
function problemOf(link: Link | undefined, at: number): string | undefined {
  if (!link) return 'the link of the two is missing'
  if (link.createdAt === undefined) return `${link.id} had revoked the link`
  return link.createdAt < at - ALIAS_SECONDS ? `the link ${link.id} was older than 90 days` : undefined
}
