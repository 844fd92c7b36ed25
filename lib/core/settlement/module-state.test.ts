import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ModuleConfig } from './module-config'
import { hasPassed, type ModuleRecord, type ModuleState, moduleStateAt } from './module-state'

const amount = fc.bigInt({ min: 0n, max: 40n })
const seconds = fc.integer({ min: 0, max: 40 })
const bytes = `0x${'00'.repeat(32)}` as const
const account = `0x${'11'.repeat(20)}` as const

const rule = fc.record({
  ...{ quorumBps: fc.integer({ min: 1, max: 10_000 }), quorumChoices: fc.integer({ min: 1, max: 7 }) },
  ...{ commitGrace: seconds, omissionWindow: seconds, cooldown: seconds },
})
const config = fc.tuple(rule, seconds).map(
  ([values, more]): ModuleConfig => ({
    ...{ space: 'demo', operator: account, challengeWindow: 0, powerSource: account, isTest: true },
    ...{ minPeriod: 0, maxBackdate: 0, guardian: account, guardianExpiry: 0n, receiptKey: account },
    ...{
      maxSnapshotAge: 0n,
      bond: 0n,
      revealFee: 0n,
      proposalThreshold: 0n,
      powerParams: '0x',
      proposers: [],
    },
    ...{ ...values, expiry: values.cooldown + more + 1 },
  }),
)
/** A registered proposal whose later steps happened in their order, or not yet. */
const record = fc
  .record({
    ...{ totals: fc.tuple(amount, amount, amount), spare: amount, grace: seconds, delay: seconds },
    ...{ isCommitted: fc.boolean(), isProven: fc.boolean(), pause: fc.option(fc.tuple(seconds, seconds)) },
  })
  .map(({ totals, spare, grace, delay, isCommitted, isProven, pause }): ModuleRecord => {
    const end = 100
    const committedAt = end + 1 + grace
    const [pausedAt, pauseLength] = pause ?? [0, 0]
    return {
      commitment: isCommitted ? { root: bytes, count: 1, totals, committedAt } : null,
      proposal: {
        ...{ config: bytes, executionHash: bytes, author: account, start: 50, end, timepoint: 1n },
        ...{ isCancelled: false, isVetoed: false, isExecuted: false },
        ...{ provenAt: isCommitted && isProven ? committedAt + delay : 0, pauseLength },
        ...{ pausedUntil: pauseLength && end + pausedAt + pauseLength },
        total: totals[0] + totals[1] + totals[2] + spare,
      },
    }
  })

test('passing is what the contract computes, which rounds the quorum up', () => {
  fc.assert(
    fc.property(record, config, (given, rule) => {
      const { proposal, commitment } = given
      if (!proposal || !commitment) {
        expect(hasPassed(given, rule)).toBe(false)
        return
      }
      const needed = (proposal.total * BigInt(rule.quorumBps) + 9_999n) / 10_000n
      const [forPower, againstPower, abstainPower] = commitment.totals
      let counted = 0n
      if (rule.quorumChoices & 1) counted += forPower
      if (rule.quorumChoices & 2) counted += againstPower
      if (rule.quorumChoices & 4) counted += abstainPower
      expect(hasPassed(given, rule)).toBe(counted >= needed && forPower > againstPower)
    }),
  )
})

test('time alone only leads on', () => {
  const orders: readonly (readonly ModuleState[])[] = [
    ['voting', 'awaiting-tally', 'lapsed'],
    ['committed'],
    ['proven', 'rejected'],
    ['proven', 'paused', 'cooling', 'paused', 'executable', 'expired'],
  ]
  fc.assert(
    fc.property(record, config, (given, rule) => {
      const met: ModuleState[] = []
      for (let now = 0; now < 400; now += 1) {
        const state = moduleStateAt(given, rule, now)
        if (met.at(-1) !== state) met.push(state)
      }
      const leadsOn = (order: readonly ModuleState[]) => {
        let from = 0
        return met.every((state) => {
          from = order.indexOf(state, from) + 1
          return from > 0
        })
      }
      expect(orders.some(leadsOn)).toBe(true)
    }),
  )
})

test('what is for good hides everything else, and without a registration nothing is known', () => {
  fc.assert(
    fc.property(record, config, seconds, (given, rule, now) => {
      const { proposal } = given
      if (!proposal) return
      const as = (change: object) =>
        moduleStateAt({ ...given, proposal: { ...proposal, ...change } }, rule, now)
      expect(as({ isCancelled: true })).toBe('cancelled')
      expect(as({ isCancelled: true, isVetoed: true })).toBe('vetoed')
      expect(as({ isExecuted: true })).toBe('executed')
      expect(moduleStateAt({ ...given, proposal: null }, rule, now)).toBe('unknown')
    }),
  )
})
