import type { RelayedRow } from '../../db/relayed/relayed-row'
import type { Context } from '../context'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const promptMs = { demo: 2_000, live: 15_000 }
/** Before the end, so that what it finds is still taken. */
const lastLookMs = 6_000

/**
 * When to ask a wallet again: owners who will approve mostly do soon, or at the last moment. One that no owner has signed
 * for can be anybody's invention, and is asked less often, but in a demo.
 */
export function nextLook(
  { clock, env }: Context,
  { createdAt, expiresAt, approvals }: Pick<RelayedRow, 'createdAt' | 'expiresAt' | 'approvals'>,
): Date {
  const now = clock.now()
  const ageMs = now - createdAt.getTime()
  const leftMs = expiresAt.getTime() - now
  const isEarnest = env.demo || Object.keys(approvals).length > 0
  const isUrgent = isEarnest && (ageMs < hourMs || leftMs < hourMs)
  const pauseMs = isUrgent
    ? promptMs[env.demo ? 'demo' : 'live']
    : ageMs < 24 * hourMs
      ? minuteMs
      : 5 * minuteMs
  return new Date(now + (leftMs > lastLookMs ? Math.min(pauseMs, leftMs - lastLookMs) : pauseMs))
}
