import { Check, Minus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { AddressedText } from '../ui/addressed-text'
import { classNames } from '../ui/class-names'

/** Something that was looked at, and what came of it. */
interface ShownCheck {
  readonly id: string
  readonly title: string
  /** `open`: nobody can tell from here, and `detail` says who could. */
  readonly status: 'passed' | 'failed' | 'open'
  readonly detail: string
  /** Where to look closer. */
  readonly link?: ReactNode
}

const marks = {
  passed: { icon: Check, look: 'text-for', word: 'passed' },
  failed: { icon: X, look: 'text-against', word: 'failed' },
  open: { icon: Minus, look: 'text-muted', word: 'cannot be told from here' },
} as const

/** Checks in words, what failed first. */
export function CheckList({
  label,
  checks,
}: {
  readonly label: string
  readonly checks: readonly ShownCheck[]
}) {
  const failed = checks.filter(({ status }) => status === 'failed')
  const others = checks.filter(({ status }) => status !== 'failed')
  return (
    <ul aria-label={label} className="flex flex-col gap-2.5">
      {[...failed, ...others].map(({ id, title, status, detail, link }) => {
        const { icon: Icon, look, word } = marks[status]
        return (
          <li key={id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
            <Icon aria-hidden className={classNames('mt-0.5 size-4.5', look)} />
            <div className="min-w-0">
              <p className={status === 'failed' ? 'font-medium text-against' : ''}>
                {title}
                <span className="sr-only"> ({word})</span>
              </p>
              {detail && (
                <p
                  className={classNames(
                    // An address is as high as a finger is wide; in a sentence it stands on the line all the same.
                    'break-words text-small [&_.inline-flex]:align-baseline',
                    status !== 'failed' && 'text-muted',
                  )}
                >
                  <AddressedText text={detail} plain /> {link}
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
