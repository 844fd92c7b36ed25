import { describe, expect, test } from 'vitest'
import { clockTime, duration, relativeTime } from './format-time'

const now = 1_795_374_000

describe('relativeTime', () => {
  test.each([
    [now, 'now'],
    [now - 59, '59 seconds ago'],
    [now - 61, '1 minute ago'],
    [now - 86_400 * 3, '3 days ago'],
    [now + 1, 'in 1 second'],
    [now + 86_400 * 2 - 60, 'in 1 day 23 hours'],
    [now + 111, 'in 1 minute 51 seconds'],
  ])('%i is %s', (at, words) => {
    expect(relativeTime(at, now)).toBe(words)
  })
})

test.each([
  [0, '0 seconds'],
  [120, '2 minutes'],
  [86_400, '1 day'],
  [86_461, '1 day'],
  [90_000, '1 day 1 hour'],
  [31_536_000, '365 days'],
])('%i seconds last %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words)
})

test('the year is said when it is not this one', () => {
  expect(clockTime(0, 'UTC')).toBe('Thu 1 Jan 1970 00:00')
  const july = Date.UTC(new Date().getUTCFullYear(), 6, 1, 18, 5) / 1000
  expect(clockTime(july, 'UTC')).toMatch(/^\w{3} 1 Jul 18:05$/)
})
