import { isIPv6 } from 'node:net'

/**
 * Whose request this is. Behind `trustedProxies` proxies each of which appends to X-Forwarded-For, it is that
 * many entries from the right: what is further left, anybody can write. Behind none it is the socket's, and
 * `unknown`, one for all, where there is no socket (plain Next hosting). Of IPv6 it is the /64: so much each customer has.
 */
export function clientIp(
  forwardedFor: string | undefined,
  socketAddress: string | undefined,
  trustedProxies: number,
): string {
  return networkOf(claimedIp(forwardedFor, socketAddress, trustedProxies))
}

function claimedIp(
  forwardedFor: string | undefined,
  socketAddress: string | undefined,
  trustedProxies: number,
): string {
  if (trustedProxies === 0) return socketAddress ?? 'unknown'
  const chain = (forwardedFor ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
  return chain.at(-trustedProxies) ?? chain[0] ?? socketAddress ?? 'unknown'
}

function networkOf(ip: string): string {
  const [address = ''] = ip.replace(/^\[(.*)\]$/, '$1').split('%')
  if (!isIPv6(address)) return ip
  const [, mapped] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? []
  if (mapped) return mapped
  const [head = '', tail] = address.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const groups = [...head, ...Array(tail === undefined ? 0 : 8).fill('0')].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
