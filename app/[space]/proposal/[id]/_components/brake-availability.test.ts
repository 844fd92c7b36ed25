import { describe, expect, test } from 'vitest'
import { brakeObstacle, mayBrake } from './brake-availability'
import { settledByModule as module } from './module-settlement.suite'

const guardian = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const until = 1_900_000_000

describe('mayBrake', () => {
  test('the guardian until its last second, the Safe always, nobody else', () => {
    expect(mayBrake(module, guardian, until - 1)).toBe(true)
    expect(mayBrake(module, guardian, until)).toBe(false)
    expect(mayBrake(module, module.safe, until)).toBe(true)
    expect(mayBrake(module, module.operator, 0)).toBe(false)
    expect(mayBrake(module, null, 0)).toBe(false)
    expect(mayBrake({ ...module, guardian: null }, guardian, 0)).toBe(false)
  })
})

describe('brakeObstacle', () => {
  test('is the contract’s table: an expired proposal can be vetoed and not paused', () => {
    expect(brakeObstacle('veto', { ...module, state: 'expired' })).toBeNull()
    expect(brakeObstacle('pause', { ...module, state: 'expired' })).not.toBeNull()
    for (const state of ['unknown', 'executed', 'cancelled', 'vetoed'] as const) {
      expect(brakeObstacle('veto', { ...module, state })).not.toBeNull()
      expect(brakeObstacle('pause', { ...module, state })).not.toBeNull()
    }
  })

  test('one pause a proposal; a veto goes through a pause', () => {
    const pause = {
      by: module.safe,
      at: 1,
      reasonHash: `0x${'0'.repeat(64)}`,
      reason: null,
      transactionHash: `0x${'0'.repeat(64)}`,
      until: 2,
    } as const
    expect(brakeObstacle('pause', { ...module, state: 'cooling', pause })).toContain('once')
    expect(brakeObstacle('veto', { ...module, state: 'paused', pause })).toBeNull()
    expect(brakeObstacle('pause', module)).toBeNull()
  })
})
