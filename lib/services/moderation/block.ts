import { isIP } from 'node:net'
import { refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { deleteBlocked } from '../../db/blocklist/delete-blocked'
import type { BlockedKind } from '../../db/blocklist/list-blocked'
import { saveBlocked } from '../../db/blocklist/save-blocked'
import { ipNetwork } from '../../platform/ip-network'
import type { Context } from '../context'
import { hashIp } from './hash-ip'
import { forgetBlocklist } from './read-blocklist'

/** The shortest link that may be blocked: a shorter one would be part of too many. */
const SHORTEST_LINK = 4

/**
 * Turns an author, an IP address or a link away from now on, or no longer. An IP address is given as it is (one of IPv6
 * stands for its network), as an IPv6 network, or as 7 hex digits of its sha256. `by`, who asked, is logged. Answers how the
 * entry is kept, and whether that changed anything.
 */
export async function block(
  ctx: Pick<Context, 'db' | 'clock' | 'log'>,
  entry: { readonly kind: BlockedKind; readonly value: string },
  verb: 'block' | 'unblock',
  by: string,
): Promise<{ readonly value: string; readonly isNew: boolean }> {
  const { kind } = entry
  const value = normal(kind, entry.value.trim())
  const since = new Date(ctx.clock.now())
  const isNew =
    verb === 'block'
      ? await saveBlocked(ctx.db, { kind, value, since })
      : await deleteBlocked(ctx.db, { kind, value })
  forgetBlocklist(ctx)
  ctx.log.info({ event: `moderation.${verb}`, kind, value, by })
  return { value, isNew }
}

function normal(kind: BlockedKind, value: string): string {
  if (kind === 'ip') return normalIp(value)
  if (kind === 'address') return checksumAddress(value) ?? refuse(`"${value}" is no address.`)
  if (value.length < SHORTEST_LINK || /\s/.test(value)) refuse(`"${value}" is no link, or too short for one.`)
  return value.toLowerCase()
}

function normalIp(value: string): string {
  if (/^[0-9a-f]{7}$/.test(value)) return value
  const address = value.replace(/::\/64$/, '::')
  if (isIP(address) === 0) {
    refuse(
      `"${value}" is no IP address, no IPv6 network (2001:db8:0:1::/64), and not 7 hex digits of a sha256.`,
    )
  }
  return hashIp(ipNetwork(address))
}
