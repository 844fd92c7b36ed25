import { describe, expect, test } from 'vitest'
import { moduleStates } from '../../../../../lib/core/settlement/module-state'
import type { ModuleSettlementView, SettlementState } from '../../../../../lib/core/views/settlement-view'
import { moduleAlert } from './module-alert'
import { settledByModule } from './module-settlement.suite'

const now = 1_800_000_000
const alertOf = (
  state: SettlementState,
  module: Partial<ModuleSettlementView>,
  reason: string | null = 'Because.',
) => moduleAlert({ state, reason, module: { ...settledByModule, ...module } }, now)

describe('moduleAlert', () => {
  test('an unregistered proposal is red and says why', () => {
    expect(alertOf('unregistered', { state: 'unknown' })).toEqual({
      kind: 'bad',
      title: 'Not registered: as things are, this cannot be executed',
      text: 'Because.',
    })
  })

  test('what ends a settlement is told before what only hinders it', () => {
    for (const state of ['vetoed', 'cancelled', 'lapsed', 'expired'] as const) {
      const alert = alertOf('blocked', { state, isEnabled: false })
      expect(alert?.title).not.toContain('disabled')
      expect(alert?.title).not.toBe('')
    }
    expect(alertOf('blocked', { state: 'cooling', isEnabled: false })?.title).toContain('disabled')
  })

  test('a settlement on its way alarms nobody, whatever its step', () => {
    const quiet = moduleStates.filter((state) => alertOf('settling', { state }) === null)
    expect(quiet).toEqual([
      'unknown',
      'voting',
      'awaiting-tally',
      'committed',
      'proven',
      'rejected',
      'cooling',
      'paused',
      'executable',
      'executed',
    ])
  })

  test('a pause is told from its order to its last second, and not after', () => {
    const pause = {
      by: settledByModule.safe,
      at: now,
      reasonHash: settledByModule.configHash,
      reason: null,
      transactionHash: settledByModule.configHash,
    }
    const alert = { kind: 'warn', title: 'Paused' }
    expect(alertOf('waiting', { state: 'voting', pause: { ...pause, until: now + 1 } })).toMatchObject(alert)
    expect(alertOf('settling', { state: 'paused', pause: { ...pause, until: now + 1 } })).toMatchObject(alert)
    expect(alertOf('settling', { state: 'paused', pause: { ...pause, until: now } })).toBeNull()
  })

  test('a vote that did not pass does not lapse', () => {
    expect(alertOf('refused', { state: 'lapsed' })).toBeNull()
  })
})
