import { type ReactNode, useId } from 'react'
import { classNames } from './class-names'

/** A titled box; its heading names the region. */
export function Panel({
  title,
  aside,
  className,
  children,
}: {
  readonly title: ReactNode
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classNames('panel', className)}>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 px-4 pt-3 pb-1">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      <div className="px-4 pt-1 pb-4">{children}</div>
    </section>
  )
}
