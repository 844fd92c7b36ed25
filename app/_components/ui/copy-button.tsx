'use client'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { words } from '../words'
import { classNames } from './class-names'

/** Copies a text and says so, aloud too. */
export function CopyButton({
  text,
  label,
  className,
  children,
}: {
  readonly text: string
  readonly label: string
  readonly className?: string
  /** Said beside the icon, where the icon alone would not tell. */
  readonly children?: string
}) {
  const [copied, setCopied] = useState(false)
  return (
    <span className={classNames('relative inline-flex', className)}>
      <button
        type="button"
        aria-label={`${words.copy} ${label}`}
        title={words.copy}
        className={classNames(
          'inline-flex h-6 items-center justify-center gap-1 rounded-control text-muted hover:bg-hover hover:text-ink',
          children ? 'px-1.5 text-small' : 'w-6',
        )}
        onClick={async () => {
          await navigator.clipboard.writeText(text)
          setCopied(true)
          setTimeout(() => setCopied(false), 2000)
        }}
      >
        {copied ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
        {children}
      </button>
      <span aria-live="polite" className="sr-only">
        {copied ? words.copied : ''}
      </span>
    </span>
  )
}
