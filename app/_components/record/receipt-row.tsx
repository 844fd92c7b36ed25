'use client'
import { Check, CircleDashed, Minus, X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { witnessWords } from '../../../lib/client/check-message'
import type { KeptReceipt } from '../../../lib/core/log/receipt-file'
import { useInstallation } from '../installation'
import { Address } from '../ui/address'
import { Button } from '../ui/button'
import { Time } from '../ui/time'
import { words } from '../words'
import { messageNoun } from './message-words'
import { useReceiptCheck } from './use-receipt-check'

/** A receipt: what it is for, and whether the log keeps what it promises, checked as it is shown. */
export function ReceiptRow({
  kept,
  withVoter = false,
  children,
}: {
  readonly kept: KeptReceipt
  readonly withVoter?: boolean
  /** What can be done with it. */
  readonly children?: ReactNode
}) {
  const query = useReceiptCheck(kept)
  const message = query.data?.message
  const { messageId, voter, acceptedAt } = kept.receipt
  const what = message ? messageNoun(message.kind) : 'Message'
  return (
    <li className="flex items-start gap-x-3 py-3 first:pt-1 last:pb-0">
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <Link href={`/verify/${messageId}`} className="link font-medium">
            {what}
          </Link>
          {message?.proposal && (
            <>
              {message.kind.startsWith('vote') ? ' on ' : ': '}
              <bdi>{message.proposal.title}</bdi>
            </>
          )}
          {message && !message.proposal && message.space && ` of ${message.space}`}
          {!message && <span className="font-mono text-muted text-small"> {messageId.slice(0, 14)}…</span>}
        </p>
        <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-small">
          {withVoter && (
            <>
              <Address address={voter} copy={false} picture={false} /> ·
            </>
          )}
          <Time at={acceptedAt} />
        </p>
        <div aria-live="polite">
          <State query={query} origin={kept.origin} />
        </div>
      </div>
      {children && <div className="flex shrink-0 items-center gap-1">{children}</div>}
    </li>
  )
}

function State({
  query: { data, isError, refetch },
  origin,
}: {
  readonly query: ReturnType<typeof useReceiptCheck>
  readonly origin: string | null
}) {
  const { log } = useInstallation()
  if (!data) {
    return isError ? (
      <Line icon={Minus} look="text-warn">
        Not checked: the server does not answer.{' '}
        <Button look="quiet" className="min-h-6 px-1 py-0 underline" onClick={() => refetch()}>
          {words.tryAgain}
        </Button>
      </Line>
    ) : (
      <Line icon={CircleDashed} look="text-wait">
        Looking for it in the log
      </Line>
    )
  }
  const { check } = data
  if (check.state === 'kept') {
    return (
      <Line icon={Check} look="text-for">
        In the log at #{check.index}
        {log.witnesses.length > 0 &&
          `, ${witnessWords(check.inclusion.witnesses.length, log.witnesses.length)}`}
      </Line>
    )
  }
  return check.state === 'broken' ? (
    <Line icon={X} look="text-against" strong>
      {check.why} Keep this receipt: it proves what was promised.
    </Line>
  ) : (
    <Line icon={Minus} look="text-muted">
      {origin === null || origin === log.origin
        ? 'Not signed by a key that this server publishes: it proves nothing here.'
        : `For another log, ${origin}: this server cannot say anything about it.`}
    </Line>
  )
}

function Line({
  icon: Icon,
  look,
  strong = false,
  children,
}: {
  readonly icon: typeof Check
  readonly look: string
  readonly strong?: boolean
  readonly children: ReactNode
}) {
  return (
    <p className={`mt-0.5 flex items-start gap-1.5 text-small ${strong ? 'font-medium text-against' : ''}`}>
      <Icon aria-hidden className={`mt-px size-4 shrink-0 ${look}`} />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  )
}
