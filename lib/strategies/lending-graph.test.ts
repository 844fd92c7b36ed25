import fc from 'fast-check'
import { type Address, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { createLendingGraph, type Loan } from './lending-graph'

const account = (n: number): Address => toHex(n + 0xa0, { size: 20 })
const names = { A: account(0), B: account(1), C: account(2), D: account(3) }
type Name = keyof typeof names

/** "A 20 B" lends 20 parts of A's power to B. */
const loansOf = (...texts: string[]): Loan[] =>
  texts.map((text) => {
    const [from, weight = '', to] = text.split(' ')
    return { from: names[from as Name], weight: BigInt(weight), to: names[to as Name] }
  })

function powersBy(loans: readonly Loan[], own: Partial<Record<Name, number>>) {
  const powers = new Map(Object.entries(own).map(([name, power]) => [names[name as Name], BigInt(power)]))
  const flow = createLendingGraph(loans).flow(powers)
  return Object.fromEntries(Object.entries(names).map(([name, who]) => [name, Number(flow.leftTo(who))]))
}

/** The cases that the strategy's reference backend was published with. */
describe('the reference', () => {
  test.each([
    [['A 20 B', 'A 80 C', 'B 100 D'], { A: 1000, B: 100, C: 20, D: 30 }, { A: 0, B: 0, C: 820, D: 330 }],
    [
      ['A 50 B', 'A 50 C', 'B 100 D', 'C 100 D'],
      { A: 1000, B: 1000, C: 1000, D: 500 },
      { A: 0, B: 0, C: 0, D: 3500 },
    ],
    [['A 50 B', 'A 50 C', 'B 20 B', 'B 80 D'], { A: 500, B: 300, D: 50 }, { A: 0, B: 110, C: 250, D: 490 }],
    [['A 20 B', 'A 80 C'], { A: 1000, D: 30 }, { A: 0, B: 200, C: 800, D: 30 }],
    [[], { A: 100, B: 200, C: 300, D: 400 }, { A: 100, B: 200, C: 300, D: 400 }],
  ])('%j of %j', (loans, own, expected) => {
    expect(powersBy(loansOf(...loans), own)).toEqual(expected)
  })

  test.each([
    // The last loan of a circle is void; without another one the lender keeps what is his.
    [['A 1 B', 'B 2 C', 'C 3 A', 'C 4 D'], { A: 0, B: 0, C: 0, D: 3 }],
    [['A 1 B', 'B 2 C', 'C 1300 A'], { A: 0, B: 0, C: 3, D: 0 }],
    [['C 3 A', 'A 1 B', 'B 2 C'], { A: 0, B: 3, C: 0, D: 0 }],
  ])('circle %j', (loans, expected) => {
    expect(powersBy(loansOf(...loans), { A: 1, B: 1, C: 1, D: 0 })).toEqual(expected)
  })
})

const somebody = fc.nat(11).map(account)
const loanList = fc.uniqueArray(
  fc.record({ from: somebody, to: somebody, weight: fc.bigInt(1n, 2n ** 53n) }),
  { maxLength: 40, selector: ({ from, to }) => `${from} ${to}` },
)
const powerMap = fc
  .array(fc.bigInt(0n, 2n ** 100n), { minLength: 12, maxLength: 12 })
  .map((powers) => new Map(powers.map((power, i) => [account(i), power])))
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n)

describe('laws', () => {
  test('nothing is lost and nothing is made, to the last unit', () => {
    fc.assert(
      fc.property(loanList, powerMap, fc.uniqueArray(somebody), (loans, powers, kept) => {
        const flow = createLendingGraph(loans).flow(powers, new Set(kept))
        const left = [...powers.keys()].map((who) => flow.leftTo(who))
        expect(sum(left)).toBe(sum([...powers.values()]))
        expect(left.every((power) => power >= 0n)).toBe(true)
        for (const who of kept) expect(flow.leftTo(who)).toBe(flow.heldBy(who))
      }),
    )
  })

  test('what an account has depends on its sources alone', () => {
    fc.assert(
      fc.property(loanList, powerMap, somebody, (loans, powers, who) => {
        const graph = createLendingGraph(loans)
        const sources = new Set(graph.sourcesOf([who]))
        const known = new Map([...powers].filter(([source]) => sources.has(source)))
        expect(graph.flow(known).leftTo(who)).toBe(graph.flow(powers).leftTo(who))
        expect(graph.flow(known).heldBy(who)).toBe(graph.flow(powers).heldBy(who))
      }),
    )
  })

  test('who keeps what he lent has no less, and others no more', () => {
    fc.assert(
      fc.property(loanList, powerMap, somebody, somebody, (loans, powers, keeper, other) => {
        const graph = createLendingGraph(loans)
        const [before, after] = [graph.flow(powers), graph.flow(powers, new Set([keeper]))]
        expect(after.leftTo(keeper) >= before.leftTo(keeper)).toBe(true)
        if (other !== keeper) expect(after.heldBy(other) <= before.heldBy(other)).toBe(true)
      }),
    )
  })
})

test('a long chain and a crowd of circles take no time', () => {
  const chain = Array.from({ length: 5_000 }, (_, i) => ({
    from: account(5_000 - i),
    to: account(5_001 - i),
    weight: 1n,
  }))
  const circles = Array.from({ length: 5_000 }, (_, i) => ({
    from: account(30_000 + i),
    to: account(30_000 + (i ^ 1)),
    weight: 1n,
  }))
  const ones = new Map([...chain, ...circles].map(({ from }) => [from, 1n]))
  const started = performance.now()
  const flow = createLendingGraph([...chain, ...circles]).flow(ones)
  expect(performance.now() - started).toBeLessThan(2_000)
  expect(flow.leftTo(account(5_001))).toBe(5_000n)
  expect(flow.leftTo(account(30_000))).toBe(1n)
})
