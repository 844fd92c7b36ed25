import fc from 'fast-check'
import { getAddress, keccak256, numberToHex, size } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { type BallotRecord, ballotDigest, decodeBallots } from './ballot-record'
import type { BallotVariant } from './ballot-variant'
import { commitTally } from './commitment'
import { encodeRun, proofChunk, proofChunks, proofGas } from './proof-chunks'
import { emptyTally, foldNodes, joinNodes, leafNode, pushNode, type TallyNode, tallyRoot } from './tally-tree'

const bytes = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((b) => `0x${Buffer.from(b).toString('hex')}` as const)
const ballot: fc.Arbitrary<BallotRecord> = fc.record({
  voter: bytes(20).map((b) => getAddress(b)),
  choice: fc.constantFrom(1, 2, 3),
  power: fc.bigInt({ min: 1n, max: 2n ** 100n }),
  timestamp: fc.integer({ min: 0, max: 2_000_000_000 }),
  variant: fc.integer({ min: 0, max: 7 }).map((variant) => variant as BallotVariant),
  kind: fc.constantFrom(0, 1),
  reasonHash: bytes(32),
  appHash: bytes(32),
  metadataHash: bytes(32),
  signature: bytes(65),
})
const electorate = fc
  .uniqueArray(ballot, { selector: ({ voter }) => voter, maxLength: 40 })
  .map((ballots) => ballots.toSorted((a, b) => (BigInt(a.voter) < BigInt(b.voter) ? -1 : 1)))
const context = { space: 'demo', proposal: `0x${'ab'.repeat(32)}`, chainId: 31337 } as const

/** RFC 6962 as it reads. */
function byHalves(ballots: readonly BallotRecord[]): TallyNode {
  const [first] = ballots
  if (!first) return emptyTally
  if (ballots.length === 1) return leafNode(first)
  let half = 1
  while (half * 2 < ballots.length) half *= 2
  return joinNodes(byHalves(ballots.slice(0, half)), byHalves(ballots.slice(half)))
}

describe('the tally tree', () => {
  test('has the shape of RFC 6962 and sums what is in it', () => {
    fc.assert(
      fc.property(electorate, (ballots) => {
        const root = tallyRoot(ballots)
        expect(root).toEqual(byHalves(ballots))
        expect(root.count).toBe(ballots.length)
        for (const choice of [1, 2, 3] as const) {
          const sum = ballots.reduce((all, b) => all + (b.choice === choice ? b.power : 0n), 0n)
          expect(root.sums[choice - 1]).toBe(sum)
        }
      }),
    )
  })

  test('changes with every field of every ballot, and with every ballot left out', () => {
    fc.assert(
      fc.property(electorate, fc.nat(), ballot, (ballots, at, other) => {
        fc.pre(ballots.length > 0)
        const { hash } = tallyRoot(ballots)
        const index = at % ballots.length
        const without = ballots.filter((_, i) => i !== index)
        expect(tallyRoot(without).hash).not.toBe(hash)
        for (const field of Object.keys(other) as (keyof BallotRecord)[]) {
          const before = ballots[index]
          if (field === 'voter' || before === undefined || before[field] === other[field]) continue
          const changed = ballots.map((b, i) => (i === index ? { ...b, [field]: other[field] } : b))
          expect(tallyRoot(changed).hash).not.toBe(hash)
        }
      }),
    )
  })

  test('takes no voter twice and none out of order', () => {
    fc.assert(
      fc.property(electorate, (ballots) => {
        fc.pre(ballots.length > 1)
        expect(() => tallyRoot(ballots.toReversed())).toThrow('out of order')
        expect(() => tallyRoot([...ballots, ...ballots.slice(-1)])).toThrow('out of order')
      }),
    )
  })
})

describe('a commitment', () => {
  test('does not depend on the order of the ballots, and counts the latest of each voter', () => {
    fc.assert(
      fc.property(electorate, fc.infiniteStream(fc.nat()), (ballots, chance) => {
        const order = ballots
          .flatMap((b) => {
            const older = { ...b, timestamp: b.timestamp - 1, choice: ((b.choice % 3) + 1) as 1 | 2 | 3 }
            return [b, { ...older, power: 1n }]
          })
          .map((b) => ({ b, at: chance.next().value }))
          .sort((x, y) => x.at - y.at)
          .map(({ b }) => b)
        const candidates = order.filter(({ timestamp }) => timestamp >= 0)
        const commitment = commitTally(candidates, context)
        expect(commitment.ballots).toEqual(ballots)
        expect(commitment.root).toBe(tallyRoot(ballots).hash)
      }),
    )
  })

  test('decides between ballots of one second by their digest', () => {
    fc.assert(
      fc.property(ballot, bytes(32), (a, reasonHash) => {
        const b = { ...a, reasonHash }
        const later = ballotDigest(a, context) > ballotDigest(b, context) ? a : b
        expect(commitTally([a, b], context).ballots).toEqual([later])
        expect(commitTally([b, a], context).ballots).toEqual([later])
      }),
    )
  })

  test('leaves out who has no power', () => {
    fc.assert(
      fc.property(ballot, (b) => {
        const { root, count, totals } = commitTally([{ ...b, power: 0n }], context)
        expect({ root, count, totals }).toEqual({ root: keccak256('0x02'), count: 0, totals: [0n, 0n, 0n] })
      }),
    )
  })
})

describe('proof chunks', () => {
  test('hold every ballot once, in order, and go on from one another', () => {
    fc.assert(
      fc.property(electorate, fc.integer({ min: 1, max: 50 }), (ballots, length) => {
        const chunks = proofChunks(ballots, proofGas.transaction + proofGas.ballot * length)
        expect(chunks.flatMap((chunk) => decodeBallots(chunk.ballots))).toEqual(ballots)
        chunks.forEach((chunk, index) => {
          expect(chunk.from).toBe(index * length)
          expect(chunk.to - chunk.from).toBeLessThanOrEqual(length)
          const bits =
            numberToHex(chunk.from) === '0x0' ? 0 : chunk.from.toString(2).replaceAll('0', '').length
          // abi.encode(Run): four words before the nodes of five words each.
          expect(size(chunk.run)).toBe(index === 0 ? 0 : 32 * (5 + 5 * bits))
        })
        expect(
          foldNodes(ballots.reduce<readonly TallyNode[]>((s, b) => pushNode(s, leafNode(b)), [])),
        ).toEqual(tallyRoot(ballots))
      }),
    )
  })

  test('go on from any ballot, in chunks of another size than it was reached in', () => {
    fc.assert(
      fc.property(electorate, fc.nat(), fc.integer({ min: 1, max: 50 }), (ballots, place, length) => {
        const from = place % (ballots.length + 1)
        const chunk = proofChunk(ballots, from, proofGas.transaction + proofGas.ballot * length)
        expect(decodeBallots(chunk.ballots)).toEqual(ballots.slice(from, from + length))
        const one = proofChunks(ballots, proofGas.transaction + proofGas.ballot)
        expect(chunk.run).toBe(one[from]?.run ?? encodeRun(ballots))
      }),
    )
  })

  test('refuse a budget that not one ballot fits into', () => {
    expect(() => proofChunk([], 0, proofGas.transaction)).toThrow('does not fit')
  })
})
