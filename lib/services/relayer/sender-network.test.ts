import { expect, test } from 'vitest'
import { senderNetwork } from './sender-network'

test.each([
  ['2001:db8:0:1::/64', '2001:db8:0::/48'],
  ['2001:db8:0:ffff::/64', '2001:db8:0::/48'],
  ['2001:db8:1:1::/64', '2001:db8:1::/48'],
  ['0:0:0:0::/64', '0:0:0::/48'],
  ['203.0.113.1', '203.0.113.1'],
  ['unknown', 'unknown'],
])('who sends from %s is %s', (network, expected) => {
  expect(senderNetwork(network)).toBe(expected)
})
