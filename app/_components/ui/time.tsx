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
  known,
}: {
  readonly at: number
  readonly form?: 'relative' | 'local' | 'both' | 'left'
  /** In long lists: details on hover only, so that one does not tab through hundreds of moments. */
  readonly quiet?: boolean
  /** Known to have happened or to be still ahead: never told as the opposite, however late a list or a clock is. */
  readonly known?: 'past' | 'ahead' | undefined
}) {
  const distance = at - Date.now() / 1000
  // To the second for as long as seconds are told.
  const now = useNow(distance > -120 && distance < 3600 ? 1 : 30)
  const hydrated = useHydrated()
  const local = hydrated ? clockTime(at) : `${clockTime(at, 'UTC')} UTC`
  const relative = relativeTime(
    known === 'past' ? Math.min(at, now) : known === 'ahead' ? Math.max(at, now) : at,
    now,
  )
  const text = { relative, local, both: relative, left: `${duration(at - now)} left` }[form]
  const exact = `${local}${hydrated ? ` · ${clockTime(at, 'UTC')} UTC` : ''}`
  const time = (words: string) => (
    <time
      dateTime={new Date(at * 1000).toISOString()}
      suppressHydrationWarning
      title={quiet ? exact : undefined}
    >
      {words}
    </time>
  )
  return (
    <>
      {quiet ? (
        time(text)
      ) : (
        <Tooltip text={exact}>
          <button type="button" className="-my-px cursor-help rounded-[3px] py-px text-left">
            {time(text)}
          </button>
        </Tooltip>
      )}
      {/* Outside the button, which no line could break. */}
      {form === 'both' && <> ({time(local)})</>}
    </>
  )
}
