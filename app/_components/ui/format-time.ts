const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** "in 1 day 23 hours", "3 minutes ago". What is still to come is counted down in two units, what is past in one. */
export function relativeTime(at: number, now: number): string {
  const distance = at - now
  if (distance > 0) return `in ${duration(distance)}`
  const [unit, seconds] = units.find(([, size]) => -distance >= size) ?? units[5]
  return relative.format(Math.trunc(distance / seconds), unit)
}

/** "2 days", "3 minutes 20 seconds": a length of time in at most two neighbouring units. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const first = Math.max(
    2,
    units.findIndex(([, size]) => whole >= size),
  )
  let rest = whole
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`
  })
  return parts.filter(Boolean).join(' ') || '0 seconds'
}

/** "Tue 24 Nov 18:00" in the given zone, the reader's own without one; with the year when it is not this one. */
export function clockTime(at: number, timeZone?: 'UTC'): string {
  const zone = timeZone ? { timeZone } : {}
  const date = new Date(at * 1000)
  const sameYear = date.getUTCFullYear() === new Date().getUTCFullYear()
  const day = date.toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
    ...zone,
  })
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...zone })
  return `${day.replace(',', '')} ${time}`
}
