import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Time } from './time'

const text = (time: Parameters<typeof Time>[0]) =>
  renderToStaticMarkup(<Time {...time} quiet />).replace(/<[^>]+>/g, '')
const now = () => Math.floor(Date.now() / 1000)

test('what has happened is never still to come, and what is ahead never over', () => {
  expect(text({ at: now() + 20, known: 'past' })).toBe('now')
  expect(text({ at: now() - 20, known: 'ahead' })).toBe('now')
  expect(text({ at: now() - 300_000, known: 'past' })).toBe('3 days ago')
  expect(text({ at: now() + 20 })).toMatch(/^in \d+ seconds$/)
})

test('a countdown that tells seconds is told to the second', () => {
  const at = now() + 3000
  expect([0, 1].map((late) => `in 49 minutes ${60 - late} seconds`).concat('in 50 minutes')).toContain(
    text({ at }),
  )
})

test('both forms are two moments, between which a line may break', () => {
  const at = now() + 90_000
  expect(renderToStaticMarkup(<Time at={at} form="both" quiet />).match(/<time/g)).toHaveLength(2)
  expect(text({ at, form: 'both' })).toMatch(/^in 1 day .+ \(\w{3} .+ UTC\)$/)
})
