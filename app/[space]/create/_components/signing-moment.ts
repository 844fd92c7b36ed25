/**
 * What a proposal is dated and where its votes are read. A tally module takes only a moment that is past: with a clock
 * of blocks the one before the newest; with one of seconds the second before the signed `timestamp`, and `snapshot` is
 * the last block by then, which is `earlier`. `now` and the block's time are unix seconds.
 */
export function signingMoment(
  newest: { readonly number: number; readonly timestamp: number; readonly earlier: number },
  now: number,
  clock: 'block-number' | 'timestamp' | null,
): { readonly timestamp: number; readonly snapshot: number } {
  if (clock === null) return { timestamp: now, snapshot: newest.number }
  if (clock === 'timestamp') return { timestamp: newest.timestamp, snapshot: newest.earlier }
  return { timestamp: now, snapshot: newest.number - 1 }
}
