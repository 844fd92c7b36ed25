import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { classNames } from './class-names'

const looks = {
  /** The single main action of a view. */
  primary:
    'bg-action text-on-action border-transparent hover:bg-action-hover font-medium aria-disabled:bg-neutral-5 aria-disabled:text-muted',
  secondary: 'bg-raised border-line-strong hover:bg-hover aria-disabled:text-muted aria-disabled:border-line',
  quiet: 'border-transparent hover:bg-hover aria-disabled:text-muted',
  danger:
    'bg-raised border-against text-against hover:bg-against-soft aria-disabled:border-line aria-disabled:text-muted',
} as const

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly look?: keyof typeof looks
  /** Square, for a lone icon; give it an `aria-label`. */
  readonly icon?: boolean
  readonly asChild?: boolean
  /** Stays in the tab order, so that a reader can find out why. */
  readonly disabled?: boolean | undefined
}

export function Button({
  look = 'secondary',
  icon = false,
  asChild,
  disabled,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const Element = asChild ? Slot.Root : 'button'
  return (
    <Element
      {...(!asChild && { type: 'button' as const })}
      aria-disabled={disabled || undefined}
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      className={classNames(
        'inline-flex min-h-control select-none items-center justify-center gap-2 rounded-control border transition-colors aria-disabled:cursor-not-allowed',
        icon ? 'w-control shrink-0' : 'px-3.5 py-1',
        looks[look],
        className,
      )}
      {...rest}
    />
  )
}
