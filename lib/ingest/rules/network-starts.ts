/**
 * The block from which Snapshot and its clients read a chain, by chain id: below it `getVp` and `getScores` answer nothing.
 * A chain that is not here is read from its first block. Numbers from networks.json of snapshot.js 0.17.5.
 */
const networkStarts: Readonly<Record<string, number>> = {
  '1': 7_929_876,
  '10': 657_806,
  '56': 461_230,
  '100': 4_108_192,
  '137': 9_834_491,
  '250': 2_497_732,
  '324': 3_908_235,
  '1101': 57_746,
  '5000': 304_717,
  '8453': 5_022,
  '42161': 256_508,
  '42220': 6_599_803,
  '43114': 536_483,
  '59144': 42,
  '81457': 88_189,
  '84532': 1_059_647,
  '11155111': 751_532,
}

/** The first block of a chain that a proposal may name. */
export function networkStart(chainId: string): number {
  return networkStarts[chainId] ?? 0
}
