'use client'
import { useQuery } from '@tanstack/react-query'
import { Check, CircleDashed } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useEffect, useRef } from 'react'
import { witnessWords } from '../../lib/client/check-message'
import { checkRelayedReceipt } from '../../lib/client/check-relayed'
import type { HexString } from '../../lib/core/views/hex-string'
import type { AcceptedView } from '../../lib/core/views/installation-view'
import type { Publishing } from '../_wallet/use-publish'
import { useInstallation } from './installation'
import { DownloadReceipts } from './record/download-receipts'
import { keptReceipt } from './record/receipt-store'
import { useReceiptCheck } from './record/use-receipt-check'
import { receipts } from './record/use-receipts'
import { RelayedProgress } from './relayed/relayed-progress'
import { useRelayed } from './relayed/use-relayed'
import { ErrorNotice } from './ui/error-notice'
import { Notice } from './ui/notice'
import { Time } from './ui/time'

/** Where a signed message is: each step appears when it is true, and is said aloud. */
export function Publication({
  publishing,
  what,
  onRetry,
}: {
  readonly publishing: Publishing
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
  if (publishing.stage === 'relayed') {
    return (
      <div ref={place} tabIndex={-1} className="outline-none">
        <Relayed id={publishing.id} what={what} />
      </div>
    )
  }
  const { stage } = publishing
  return (
    <div ref={place} tabIndex={-1} aria-live="polite" className="flex flex-col gap-2 outline-none">
      <ol className="flex flex-col gap-1">
        {stage === 'signing' && <Step>Waiting for your wallet</Step>}
        {(stage === 'sent' || stage === 'accepted') && <Step done={stage === 'accepted'}>Sent</Step>}
        {stage === 'accepted' && (
          <>
            <Step done>
              Accepted, with a receipt <Time at={publishing.accepted.receipt.acceptedAt} />
            </Step>
            <InLog receipt={publishing.accepted.receipt} />
          </>
        )}
      </ol>
      {stage === 'accepted' && !publishing.isKept && (
        <Notice kind="warn" title="This browser could not keep the receipt">
          <p>Its storage is full or switched off. Keep the receipt as a file instead.</p>
          <DownloadReceipts receipts={[publishing.accepted.receipt]} className="mt-2">
            Download the receipt
          </DownloadReceipts>
        </Notice>
      )}
    </div>
  )
}

/** A contract wallet's message on its way: handed in, approved by one owner after the other, then like any other. */
function Relayed({ id, what }: { readonly id: HexString; readonly what: string }) {
  const query = useRelayed(id)
  const { log, receiptKeys } = useInstallation()
  const relayed = query.data
  const accepted = relayed?.accepted
  const receipt = useQuery({
    queryKey: ['relayed receipt', id],
    enabled: accepted != null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      if (!relayed || !accepted) return null
      await checkRelayedReceipt(accepted, relayed, receiptKeys)
      receipts.keep(log.origin, accepted.receipt)
      return accepted.receipt
    },
  })
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-1" aria-live="polite">
        <Step done>Handed in for the wallet’s owners</Step>
        {receipt.data && (
          <>
            <Step done>
              Accepted, with a receipt <Time at={receipt.data.acceptedAt} />
            </Step>
            <InLog receipt={receipt.data} />
          </>
        )}
      </ol>
      {receipt.isError && <ErrorNotice what={`${what} was accepted.`} error={receipt.error} />}
      {relayed && !receipt.data && <RelayedProgress relayed={relayed} what={what} />}
      {query.isError && !relayed && (
        <ErrorNotice
          what="How far its owners are could not be read."
          error={query.error}
          onRetry={() => query.refetch()}
        />
      )}
    </div>
  )
}

/** Said only once this browser has followed the proof from what was signed to a root that the log signed. */
function InLog({ receipt }: { readonly receipt: AcceptedView['receipt'] }) {
  const { log } = useInstallation()
  const query = useReceiptCheck(keptReceipt(receipt, log.origin), { isFresh: true })
  const check = query.data?.check
  if (!check) {
    return (
      <Step>
        Looking for it in the log
        {query.isError && (
          <span className="block text-muted text-small">
            The server does not answer at the moment. You hold its receipt.
          </span>
        )}
      </Step>
    )
  }
  if (check.state !== 'kept') {
    return (
      <li role="alert" className="mt-1">
        <Notice kind="bad" title="Not found in the log as promised">
          <p>{check.state === 'broken' ? check.why : 'The receipt is by a key that nobody publishes.'}</p>
          <p className="mt-1">
            Keep the receipt: with it, anyone can show that this server broke its promise. Then ask whoever
            runs it.
          </p>
          <DownloadReceipts receipts={[receipt]} className="mt-2">
            Download the receipt
          </DownloadReceipts>
        </Notice>
      </li>
    )
  }
  return (
    <Step done>
      In the log at #{check.index}
      <span className="block text-muted text-small">
        checked in this browser
        {log.witnesses.length > 0 &&
          `, ${witnessWords(check.inclusion.witnesses.length, log.witnesses.length)}`}{' '}
        ·{' '}
        <Link href={`/verify/${receipt.messageId}`} className="link">
          see the proof
        </Link>
      </span>
    </Step>
  )
}

function Step({ done = false, children }: { readonly done?: boolean; readonly children: ReactNode }) {
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
      <span className="min-w-0">{children}</span>
    </li>
  )
}
