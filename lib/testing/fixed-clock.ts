import type { Clock } from '../platform/clock'

export interface FixedClock extends Clock {
  /** Moves on by whole or part seconds; back when negative. */
  advance(seconds: number): void
}

/** A clock that stands at `startSeconds` (Unix time) until it is moved. */
export function fixedClock(startSeconds: number): FixedClock {
  let now = startSeconds * 1000
  return {
    now: () => now,
    advance(seconds) {
      now += seconds * 1000
    },
  }
}
