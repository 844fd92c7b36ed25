import { toDouble } from '../../core/tally/fixed-point'
import type { MeasuredPower, PowerQuestion } from '../power/measure-power'

/** Power as Snapshot's `get_vp` and `vp` answer it, in whole votes. */
export interface VotingPower {
  readonly vp: number
  readonly vp_by_strategy: readonly number[]
  /** `final` at a block that is there, `pending` at the newest. */
  readonly vp_state: 'final' | 'pending'
}

/** What was measured there; nothing is no power. */
export function viewVp(power: MeasuredPower | undefined, at: PowerQuestion['at']): VotingPower {
  return {
    vp: toDouble(power?.total ?? 0n),
    vp_by_strategy: (power?.byStrategy ?? []).map(toDouble),
    vp_state: at === 'latest' ? 'pending' : 'final',
  }
}
