import { CircleAlert, CircleCheck, Clock, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

const kinds = {
  info: { icon: Info, look: 'border-line bg-sunken', mark: 'text-muted' },
  good: { icon: CircleCheck, look: 'border-for/40 bg-for-soft', mark: 'text-for' },
  wait: { icon: Clock, look: 'border-wait/40 bg-wait-soft', mark: 'text-wait' },
  warn: { icon: TriangleAlert, look: 'border-warn/50 bg-warn-soft', mark: 'text-warn' },
  bad: { icon: CircleAlert, look: 'border-against/50 bg-against-soft', mark: 'text-against' },
} as const

/** A sentence that must not be missed, with an icon so that colour never stands alone. */
export function Notice({
  kind = 'info',
  title,
  children,
  className,
}: {
  readonly kind?: keyof typeof kinds
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly className?: string
}) {
  const { icon: Icon, look, mark } = kinds[kind]
  return (
    <div className={classNames('flex gap-2.5 rounded-control border px-3 py-2.5', look, className)}>
      <Icon aria-hidden className={classNames('mt-0.5 size-4.5 shrink-0', mark)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  )
}
