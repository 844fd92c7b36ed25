'use client'
import { clockTime, duration, relativeTime } from './format-time'
import { Tooltip } from './tooltip'
import { useHydrated } from './use-hydrated'
import { useNow } from './use-now'

/**
 * A moment: relative, absolute in the reader's zone, or both; or how long it is `left` until then. All of it with UTC on
 * hover and focus.
 */
export function Time({
  at,
  form = 'relative',
  quiet = false,
}: {
  readonly at: number
  readonly form?: 'relative' | 'local' | 'both' | 'left'
  /** In long lists: details on hover only, so that one does not tab through hundreds of moments. */
  readonly quiet?: boolean
}) {
  const now = useNow(Math.abs(at - Date.now() / 1000) < 120 ? 1 : 30)
  const hydrated = useHydrated()
  const local = hydrated ? clockTime(at) : `${clockTime(at, 'UTC')} UTC`
  const text = {
    relative: relativeTime(at, now),
    local,
    both: `${relativeTime(at, now)} (${local})`,
    left: `${duration(at - now)} left`,
  }[form]
  const exact = `${local}${hydrated ? ` · ${clockTime(at, 'UTC')} UTC` : ''}`
  const time = (
    <time
      dateTime={new Date(at * 1000).toISOString()}
      suppressHydrationWarning
      title={quiet ? exact : undefined}
    >
      {text}
    </time>
  )
  if (quiet) return time
  return (
    <Tooltip text={exact}>
      <button type="button" className="-my-px cursor-help rounded-[3px] py-px text-left">
        {time}
      </button>
    </Tooltip>
  )
}
