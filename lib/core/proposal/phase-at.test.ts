import { expect, it } from 'vitest'
import { phaseAt } from './phase-at'

it.each([
  [99, 'pending'],
  [100, 'active'],
  [150, 'active'],
  [200, 'active'],
  [201, 'closed'],
])('from 100 to 200, at %i: %s', (now, phase) => {
  expect(phaseAt({ start: 100, end: 200 }, now)).toBe(phase)
})

it('a window that ends before it starts never takes a ballot', () => {
  const window = { start: 200, end: 100 }
  for (const now of [50, 100, 150, 200, 250]) expect(phaseAt(window, now)).not.toBe('active')
})
