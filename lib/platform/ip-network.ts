import { isIPv6 } from 'node:net'

/**
 * Whom an IP address stands for: of IPv6 its /64, written `2001:db8:0:1::/64`, since so much each customer has; of IPv4,
 * also where IPv6 carries it, the address. What is no address stays as it is.
 */
export function ipNetwork(ip: string): string {
  const [address = ''] = ip.replace(/^\[(.*)\]$/, '$1').split('%')
  if (!isIPv6(address)) return ip
  const [, mapped] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? []
  if (mapped) return mapped
  const [head = '', tail] = address.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const groups = [...head, ...Array(tail === undefined ? 0 : 8).fill('0')].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
