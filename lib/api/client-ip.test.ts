import { expect, test } from 'vitest'
import { clientIp } from './client-ip'

test.each([
  ['without proxies, the socket’s, whatever the header says', '6.6.6.6', '10.0.0.9', 0, '10.0.0.9'],
  ['behind one, what it appended', '6.6.6.6, 1.2.3.4', '10.0.0.9', 1, '1.2.3.4'],
  ['behind two, what the first of them appended', '6.6.6.6, 1.2.3.4, 10.0.0.8', '10.0.0.9', 2, '1.2.3.4'],
  ['behind more than appended, the leftmost', '1.2.3.4', '10.0.0.9', 3, '1.2.3.4'],
  ['behind one that appended nothing, the proxy’s own', undefined, '10.0.0.9', 1, '10.0.0.9'],
  ['without a socket behind one, what it appended', '6.6.6.6, 1.2.3.4', undefined, 1, '1.2.3.4'],
  ['without a socket or proxies, nobody’s', '6.6.6.6, 1.2.3.4', undefined, 0, 'unknown'],
  ['of IPv6, the network that one customer has', '2001:db8:1:2:3:4:5:6', undefined, 1, '2001:db8:1:2::/64'],
  ['however it is written', undefined, '2001:DB8:1:02::5', 0, '2001:db8:1:2::/64'],
  ['with zeros left out', undefined, '2001:db8::5', 0, '2001:db8:0:0::/64'],
  ['of this machine', undefined, '::1', 0, '0:0:0:0::/64'],
  ['in a zone', undefined, 'fe80::1%eth0', 0, 'fe80:0:0:0::/64'],
  ['IPv4 within IPv6, as IPv4', undefined, '::ffff:10.0.0.9', 0, '10.0.0.9'],
  ['without anything', undefined, undefined, 0, 'unknown'],
])('%s', (_, forwardedFor, socket, trustedProxies, expected) => {
  expect(clientIp(forwardedFor, socket, trustedProxies)).toBe(expected)
})
