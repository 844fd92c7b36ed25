import { words } from '../words'
import { classNames } from './class-names'

/** The outline of a line or a block that is on its way; invisible for the first 150 ms. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'block animate-[breathe_1.6s_ease-in-out_infinite] rounded-control bg-neutral-5',
        className ?? 'h-4 w-full',
      )}
    />
  )
}

/** Wraps skeletons shaped like the content and says once that it is loading. */
export function Loading({
  children,
  className,
}: {
  readonly children: React.ReactNode
  readonly className?: string
}) {
  return (
    <div role="status" className={classNames('late', className)}>
      <span className="sr-only">{words.loading}</span>
      {children}
    </div>
  )
}
