import type { ModuleSettlementView, SettlementView } from '../../../../../lib/core/views/settlement-view'
import { words } from '../../../../_components/words'

/** What must not be missed about a proposal's way through its tally module. */
export interface ModuleAlert {
  readonly kind: 'info' | 'warn' | 'bad'
  readonly title: string
  readonly text: string
}

/**
 * What stops a settlement at `now` (unix seconds), in words; null while it goes its way. Who braked and why is told
 * apart.
 */
export function moduleAlert(
  { state, reason, module }: Pick<SettlementView, 'state' | 'reason' | 'module'>,
  now: number,
): ModuleAlert | null {
  if (!module || state === 'executed') return null
  switch (module.state) {
    case 'vetoed':
      return { kind: 'bad', title: 'Vetoed', text: 'These calls will never be made through this proposal.' }
    case 'cancelled':
      return {
        kind: 'info',
        title: 'Withdrawn by its author',
        text: 'The module has the signed withdrawal: nobody can execute these calls through it.',
      }
  }
  // Rejected: whatever the module's clocks say, there is nothing left to wait for.
  if (state === 'refused') return null
  switch (module.state) {
    case 'lapsed':
      return {
        kind: 'bad',
        title: 'Lapsed: no tally was committed in time',
        text: 'Only the operator could commit it, and the time for it is over. The proposal can only be run again.',
      }
    case 'expired':
      return {
        kind: 'bad',
        title: 'Expired: nobody executed it in time',
        text: 'It passed, and the time to execute it is over. The proposal can only be run again.',
      }
  }
  if (!module.isEnabled) {
    return {
      kind: 'bad',
      title: 'The Safe has disabled the module',
      text: 'As long as it is disabled, nothing that it settles can be executed.',
    }
  }
  if (state === 'unregistered') {
    return { kind: 'bad', title: words.settlement.unregistered, text: reason ?? '' }
  }
  if (state === 'blocked') return { kind: 'warn', title: words.settlement.blocked, text: reason ?? '' }
  if (isPaused(module, now)) {
    return { kind: 'warn', title: 'Paused', text: 'Nobody can execute it until the pause is over.' }
  }
  return null
}

/** Whether a pause is in force, also one that was ordered before there was anything to execute. */
export function isPaused({ pause }: Pick<ModuleSettlementView, 'pause'>, now: number): boolean {
  return pause !== null && now < pause.until
}
