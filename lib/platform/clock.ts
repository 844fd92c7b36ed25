/** Where time comes from. Everything that needs "now" takes one; only this file asks the machine. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Whole seconds since the Unix epoch, the unit of every signed timestamp. */
export function unixSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000)
}

/** A moment in the same unit, which is also that of API views. */
export function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
