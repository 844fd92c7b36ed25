import { ipNetwork } from '../platform/ip-network'

/**
 * Whose request this is. Behind `trustedProxies` proxies each of which appends to X-Forwarded-For, it is that
 * many entries from the right: what is further left, anybody can write. Behind none it is the socket's, and
 * `unknown`, one for all, where there is no socket (plain Next hosting). Of IPv6 it is the network.
 */
export function clientIp(
  forwardedFor: string | undefined,
  socketAddress: string | undefined,
  trustedProxies: number,
): string {
  return ipNetwork(claimedIp(forwardedFor, socketAddress, trustedProxies))
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
