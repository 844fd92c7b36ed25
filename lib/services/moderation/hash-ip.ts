import { createHash } from 'node:crypto'

/** How an IP address (of IPv6 its network) stands in lists: the first 7 hex digits of its sha256, as in Snapshot's. */
export function hashIp(ip: string): string {
  return createHash('sha256').update(ip).digest('hex').slice(0, 7)
}
