import type { ReactNode } from 'react'
import { classNames } from './class-names'

/** A plain filter that is on or off. */
export function Toggle({
  pressed,
  onPress,
  children,
}: {
  readonly pressed: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={classNames(
        'min-h-8 rounded-full border px-3 text-small pointer-coarse:min-h-control',
        pressed ? 'border-ink bg-ink text-page' : 'border-line hover:bg-hover',
      )}
    >
      {children}
    </button>
  )
}
