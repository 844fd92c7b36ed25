import type { HexString } from '../../../../../lib/core/views/hex-string'
import type { ModuleSettlementView } from '../../../../../lib/core/views/settlement-view'

/** Whether the connected account may stop a proposal: the guardian before its time is over, and the Safe. */
export function mayBrake(
  { guardian, safe }: Pick<ModuleSettlementView, 'guardian' | 'safe'>,
  address: HexString | null,
  now: number,
): boolean {
  return address !== null && (address === safe || (address === guardian?.address && now < guardian.until))
}

/** Why a proposal cannot be vetoed or paused any more; null when it can. */
export function brakeObstacle(
  kind: 'veto' | 'pause',
  { state, pause }: Pick<ModuleSettlementView, 'state' | 'pause'>,
): string | null {
  switch (state) {
    case 'unknown':
      return 'It is not registered: there is nothing to stop.'
    case 'executed':
      return 'It is executed: nothing can stop it now.'
    case 'cancelled':
      return 'Its author has withdrawn it.'
    case 'vetoed':
      return 'It is vetoed.'
    case 'expired':
      return kind === 'pause' ? 'It has expired.' : null
  }
  return kind === 'pause' && pause !== null ? 'It was paused before; a proposal can be paused once.' : null
}
