/**
 * Who counts as one sender, given a network as `ipNetwork` writes it: of IPv6 the /48, written `2001:db8:0::/48`, since
 * whoever rents one has 65,536 of /64. All else stays as it is.
 */
export function senderNetwork(network: string): string {
  return network.replace(/^((?:[\da-f]+:){3})[\da-f]+::\/64$/, '$1:/48')
}
