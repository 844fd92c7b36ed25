import { refuse } from '../../core/errors'
import { limits } from '../limits'

/** Refuses a message dated too far from `now`. Both in unix seconds. */
export function checkClock(timestamp: number, now: number): void {
  if (timestamp > now + limits.secondsAhead || timestamp < now - limits.secondsBack) refuse('wrong timestamp')
}
