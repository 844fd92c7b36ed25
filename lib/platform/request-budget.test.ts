import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRequestBudget } from './request-budget'

function startClock() {
  let seconds = 0
  return {
    now: () => seconds * 1000,
    advance(more: number) {
      seconds += more
    },
  }
}

test('grants a full budget at once and refills it evenly, for each key its own', () => {
  const clock = startClock()
  const budget = createRequestBudget(clock, 3)
  const spend = () => budget.spend('a')
  expect(spend()).toEqual({ waitSeconds: 0, remaining: 2, resetSeconds: 20 })
  expect(spend()).toEqual({ waitSeconds: 0, remaining: 1, resetSeconds: 40 })
  expect(spend()).toEqual({ waitSeconds: 0, remaining: 0, resetSeconds: 60 })
  expect(spend()).toEqual({ waitSeconds: 20, remaining: 0, resetSeconds: 60 })
  expect(budget.spend('b').remaining).toBe(2)
  clock.advance(5)
  expect(spend()).toEqual({ waitSeconds: 15, remaining: 0, resetSeconds: 55 })
  clock.advance(15)
  expect(spend()).toEqual({ waitSeconds: 0, remaining: 0, resetSeconds: 60 })
  budget.giveBack('a')
  expect(spend().waitSeconds).toBe(0)
})

test('a limit of 0 is none', () => {
  const budget = createRequestBudget(startClock(), 0)
  for (let i = 0; i < 1_000; i++) expect(budget.spend('a').waitSeconds).toBe(0)
})

test('never grants more than the limit beside what refilled, and keeps what it says', () => {
  const steps = fc.array(fc.oneof(fc.constant('spend' as const), fc.integer({ min: 0, max: 30 })), {
    maxLength: 200,
  })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 50 }), (sequence, limit) => {
      const clock = startClock()
      const budget = createRequestBudget(clock, limit)
      let granted = 0
      for (const step of sequence) {
        if (step !== 'spend') {
          clock.advance(step)
          continue
        }
        const { waitSeconds, remaining } = budget.spend('a')
        expect(remaining).toBeLessThan(limit)
        if (waitSeconds === 0) granted += 1
        else {
          clock.advance(waitSeconds)
          expect(budget.spend('a').waitSeconds).toBe(0)
          granted += 1
        }
        expect(granted).toBeLessThanOrEqual(limit + (limit * clock.now()) / 60_000 + 1e-6)
      }
    }),
    { numRuns: 50 },
  )
})
