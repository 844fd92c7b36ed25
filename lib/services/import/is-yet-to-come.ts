import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'

/** By which clocks may differ, as of messages that are posted here. */
const SLACK_S = 300

/** Whether nobody can have signed at that time (unix seconds) yet. */
export function isYetToCome({ clock }: Pick<Context, 'clock'>, at: number): boolean {
  return at > unixSeconds(clock) + SLACK_S
}
