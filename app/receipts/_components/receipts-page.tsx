'use client'
import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import type { KeptReceipt } from '../../../lib/core/log/receipt-file'
import { useInstallation } from '../../_components/installation'
import { ChooseFile } from '../../_components/record/choose-file'
import { DownloadReceipts } from '../../_components/record/download-receipts'
import { downloadText } from '../../_components/record/download-text'
import { importReceipts, importWords } from '../../_components/record/import-receipts'
import { ReceiptRow } from '../../_components/record/receipt-row'
import { receiptView } from '../../_components/record/receipt-store'
import { receipts as drawer, useReceipts } from '../../_components/record/use-receipts'
import { useRememberLog } from '../../_components/record/use-remember-log'
import { Address } from '../../_components/ui/address'
import { Button } from '../../_components/ui/button'
import { EmptyState } from '../../_components/ui/empty-state'
import { Notice } from '../../_components/ui/notice'
import { Panel } from '../../_components/ui/panel'
import { Loading, Skeleton } from '../../_components/ui/skeleton'
import { words } from '../../_components/words'
import { useWallet } from '../../_wallet/use-wallet'
import { ForgetReceipt } from './forget-receipt'

/** Every receipt that this browser keeps, by voter, each held against the log while one looks. */
export function ReceiptsPage() {
  const { log } = useInstallation()
  const { address } = useWallet()
  const stored = useReceipts()
  const [imported, setImported] = useState<string | null>(null)
  useRememberLog()

  const takeIn = (texts: readonly string[]) =>
    setImported(
      importWords(importReceipts(texts, log.origin, (kept) => drawer.keep(log.origin, receiptView(kept)))),
    )
  const voters = [...new Set(stored?.receipts.map(({ receipt }) => receipt.voter))].sort(
    (a, b) => Number(b === address) - Number(a === address),
  )
  const isEmpty = stored?.receipts.length === 0
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <header>
        <h1 className="text-title">Receipts</h1>
        <p className="mt-1 text-muted">
          A receipt is the server’s signed promise that your message is in its log. If the message were ever
          dropped, the receipt proves it. Receipts are kept in this browser alone: download them to have them
          elsewhere too.
        </p>
        <div className="mt-4 flex flex-wrap gap-2">
          {stored && stored.receipts.length > 0 && (
            <DownloadReceipts receipts={stored.receipts.map(receiptView)}>Download all</DownloadReceipts>
          )}
          <ChooseFile onTexts={takeIn}>Import from a file</ChooseFile>
        </div>
        <p aria-live="polite" className={imported ? 'mt-2' : ''}>
          {imported}
        </p>
      </header>
      {!stored && (
        <Loading className="flex flex-col gap-3">
          <Skeleton className="h-24" />
        </Loading>
      )}
      {isEmpty && (
        <EmptyState
          title="No receipts in this browser yet"
          action={
            <Button asChild>
              <Link href="/">All spaces</Link>
            </Button>
          }
        >
          When you vote or propose in this browser, the receipt comes here by itself. Each browser keeps its
          own: import a file to bring receipts from another one.
        </EmptyState>
      )}
      {voters.map((voter) => (
        <OfVoter
          key={voter}
          voter={voter}
          receipts={stored?.receipts.filter(({ receipt }) => receipt.voter === voter) ?? []}
        />
      ))}
      {stored?.damaged.map(({ key, text }) => (
        <Notice key={key} kind="warn" title="A receipt kept here cannot be read">
          <p>
            Something has changed it in this browser’s storage. What is left of it can still be taken out.
          </p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button onClick={() => downloadText('comitia-receipt-damaged.json', text)}>
              Download what is left
            </Button>
            <Button onClick={() => drawer.forgetDamaged(key)}>{words.forget}</Button>
          </div>
        </Notice>
      ))}
    </div>
  )
}

/** How many are checked at once: each asks the server. */
const STEP = 20

function OfVoter({ voter, receipts }: { readonly voter: string; readonly receipts: readonly KeptReceipt[] }) {
  const [most, setMost] = useState(STEP)
  return (
    <Panel
      title={<Address address={voter} />}
      aside={
        <span className="text-muted text-small">
          {receipts.length.toLocaleString('en')} {receipts.length === 1 ? 'receipt' : 'receipts'}
        </span>
      }
    >
      <ul className="divide-y">
        {receipts.slice(0, most).map((kept) => (
          <ReceiptRow key={kept.signature} kept={kept}>
            <DownloadReceipts look="quiet" icon receipts={[receiptView(kept)]}>
              Download this receipt
            </DownloadReceipts>
            <ForgetReceipt
              trigger={
                <Button look="quiet" icon aria-label="Forget this receipt">
                  <Trash2 aria-hidden className="size-4" />
                </Button>
              }
              kept={kept}
            />
          </ReceiptRow>
        ))}
      </ul>
      {receipts.length > most && (
        <Button className="mt-3 w-full" onClick={() => setMost(most + STEP)}>
          {words.showMore}
        </Button>
      )}
    </Panel>
  )
}
