import { describe, expect, test } from 'vitest'
import type { NextAct } from '../../../../../lib/core/views/settlement-view'
import { actAvailability, whoElse } from './act-availability'

const now = 1_800_000_000
const operator = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const other = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const execute: NextAct = {
  act: 'execute',
  from: now,
  until: now + 60,
  sender: null,
  isAutomatic: true,
  transactions: 1,
}
const commit: NextAct = { ...execute, act: 'commit', sender: operator }

describe('actAvailability', () => {
  test('anybody may from the first second to the last, both included', () => {
    expect(actAvailability(execute, other, now - 1)).toEqual({ state: 'early', from: now })
    expect(actAvailability(execute, other, now)).toEqual({ state: 'now' })
    expect(actAvailability(execute, other, now + 60)).toEqual({ state: 'now' })
    expect(actAvailability(execute, other, now + 61)).toEqual({ state: 'late', until: now + 60 })
    expect(actAvailability({ ...execute, until: null }, other, now + 10 ** 9)).toEqual({ state: 'now' })
  })

  test('whoever is not connected is asked to be only when it would help', () => {
    expect(actAvailability(execute, null, now)).toEqual({ state: 'connect' })
    expect(actAvailability(execute, null, now - 1).state).toBe('early')
    expect(actAvailability(commit, null, now)).toEqual({ state: 'not-yours', sender: operator })
  })

  test('what the operator alone may send is the operator’s', () => {
    expect(actAvailability(commit, other, now)).toEqual({ state: 'not-yours', sender: operator })
    expect(actAvailability(commit, operator, now)).toEqual({ state: 'now' })
  })
})

describe('whoElse', () => {
  test('promises a keeper only where there is one, and anybody only where anybody may', () => {
    expect(whoElse(execute)).toMatch(/keeper.*Anybody/)
    expect(whoElse(commit)).toMatch(/keeper/)
    expect(whoElse(commit)).not.toMatch(/anybody/i)
    expect(whoElse({ ...execute, isAutomatic: false })).not.toMatch(/keeper/)
  })
})
