'use client'
import { Check, CircleDashed } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Publishing } from '../_wallet/use-publish'
import { ErrorNotice } from './ui/error-notice'
import { Time } from './ui/time'

/** Where a signed message is: each step appears when it is true, and is said aloud. */
export function Publication({
  publishing,
  logged,
  what,
  onRetry,
}: {
  readonly publishing: Publishing
  /** Whether the message was read back from the log. */
  readonly logged: boolean
  /** "Your vote" */
  readonly what: string
  readonly onRetry?: (() => void) | undefined
}) {
  // It stands where the button was that had the focus: whoever pressed it by keyboard goes on from here.
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus({ preventScroll: true }), [])

  if (publishing.stage === 'failed') {
    return (
      <div ref={place} tabIndex={-1} className="outline-none">
        <ErrorNotice
          what={publishing.wasSent ? `${what} was not accepted.` : `${what} was not sent.`}
          error={publishing.error}
          onRetry={onRetry}
        />
      </div>
    )
  }
  const accepted = publishing.stage === 'accepted' ? publishing.accepted : null
  return (
    <div ref={place} tabIndex={-1} aria-live="polite" className="outline-none">
      <ol className="flex flex-col gap-1">
        {publishing.stage === 'signing' && <Step>Waiting for your wallet</Step>}
        {(publishing.stage === 'sent' || accepted) && <Step done={accepted !== null}>Sent</Step>}
        {accepted && (
          <>
            <Step done>
              Accepted, with a receipt <Time at={accepted.receipt.acceptedAt} />
            </Step>
            {logged ? (
              <Step done>In the log at #{accepted.receipt.logIndex}</Step>
            ) : (
              <Step>Looking for it in the log</Step>
            )}
          </>
        )}
      </ol>
    </div>
  )
}

function Step({ done = false, children }: { readonly done?: boolean; readonly children: React.ReactNode }) {
  const Icon = done ? Check : CircleDashed
  return (
    <li className="fresh flex items-start gap-2">
      <Icon
        aria-hidden
        className={
          done
            ? 'mt-0.5 size-4.5 shrink-0 text-for'
            : 'mt-0.5 size-4.5 shrink-0 animate-[breathe_1.2s_infinite] text-wait'
        }
      />
      <span>{children}</span>
    </li>
  )
}
