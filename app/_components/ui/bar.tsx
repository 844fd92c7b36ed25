import { classNames } from './class-names'

/** A part of a whole as a bar. The figure must stand beside it in words: the bar itself is silent. */
export function Bar({
  permille,
  colour,
  mark,
  thin = false,
}: {
  readonly permille: number
  /** A `bg-*` class of a colour of meaning. */
  readonly colour: string
  /** Position of a line across the bar, in permille: a quorum. */
  readonly mark?: number | undefined
  readonly thin?: boolean
}) {
  return (
    <div
      aria-hidden
      className={classNames(
        'relative w-full overflow-hidden rounded-full bg-neutral-5 forced-colors:border',
        thin ? 'h-1' : 'h-2',
      )}
    >
      <div
        className={classNames('bar-fill h-full rounded-full transition-[width]', colour)}
        style={{ width: `${Math.min(permille, 1000) / 10}%` }}
      />
      {mark !== undefined && mark < 1000 && (
        <div className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: `${mark / 10}%` }} />
      )}
    </div>
  )
}
