export type Phase = 'pending' | 'active' | 'closed'

/** Where a proposal stands at `now`; ballots are taken while active, both ends included. Unix seconds. */
export function phaseAt(
  { start, end }: { readonly start: number; readonly end: number },
  now: number,
): Phase {
  if (now > end) return 'closed'
  return now < start ? 'pending' : 'active'
}
