/** What came of bringing a settlement up to date. */
export interface Settled {
  /** Nothing can change any more. */
  readonly settled: boolean
  /** Nothing is expected to change before, unix milliseconds; absent when it may at any time. */
  readonly nextAt?: number
}
