'use client'
import { useState } from 'react'
import { type KeptReceipt, parseReceiptFile } from '../../../lib/core/log/receipt-file'
import { useInstallation } from '../../_components/installation'
import { ChooseFile } from '../../_components/record/choose-file'
import { importReceipts, importWords } from '../../_components/record/import-receipts'
import { ReceiptRow } from '../../_components/record/receipt-row'
import { receiptView } from '../../_components/record/receipt-store'
import { receipts } from '../../_components/record/use-receipts'
import { Button } from '../../_components/ui/button'
import { classNames } from '../../_components/ui/class-names'
import { ErrorNotice } from '../../_components/ui/error-notice'

/** Files with more are for the command line. */
const MOST = 50

/** Takes files of receipts, dropped or chosen, and holds each receipt against this server's log. */
export function ReceiptDrop() {
  const { log } = useInstallation()
  const [isOver, setIsOver] = useState(false)
  const [texts, setTexts] = useState<readonly string[]>([])
  const [found, setFound] = useState<readonly KeptReceipt[] | Error | null>(null)
  const [outcome, setOutcome] = useState('')

  function read(files: readonly string[]) {
    setOutcome('')
    setTexts(files)
    try {
      setFound(files.flatMap(parseReceiptFile))
    } catch {
      setFound(new Error('It holds no receipts: a file from this page’s list of receipts does.'))
    }
  }

  return (
    <div className="flex flex-col gap-4">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut for the button inside */}
      <div
        className={classNames(
          'flex flex-col items-start gap-3 rounded-control border border-dashed p-4',
          isOver && 'border-accent bg-hover',
        )}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={async (event) => {
          event.preventDefault()
          setIsOver(false)
          read(await Promise.all([...event.dataTransfer.files].map((file) => file.text())))
        }}
      >
        <p className="text-muted">
          Drop a file of receipts here, or choose one. It is read in this browser and goes nowhere.
        </p>
        <ChooseFile onTexts={read}>Choose a file</ChooseFile>
      </div>
      {found instanceof Error && <ErrorNotice what="The file could not be read." error={found} />}
      {Array.isArray(found) && found.length === 0 && <p role="status">The file holds no receipts.</p>}
      {Array.isArray(found) && found.length > 0 && (
        <>
          <ul className="divide-y" aria-label="Receipts in the file">
            {found.slice(0, MOST).map((kept: KeptReceipt) => (
              <ReceiptRow key={kept.signature} kept={kept} withVoter />
            ))}
          </ul>
          {found.length > MOST && (
            <p className="text-muted text-small">
              The first {MOST} of {found.length.toLocaleString('en')}. For all of them:{' '}
              <code>comitia verify --log</code>.
            </p>
          )}
          <div className="flex flex-wrap items-center gap-3">
            <Button
              onClick={() => {
                const keep = (one: KeptReceipt) => receipts.keep(log.origin, receiptView(one))
                setOutcome(importWords(importReceipts(texts, log.origin, keep)))
              }}
            >
              Keep in this browser
            </Button>
            <span aria-live="polite">{outcome}</span>
          </div>
        </>
      )}
    </div>
  )
}
