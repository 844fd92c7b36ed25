'use client'
import type { ReactNode } from 'react'
import type { KeptReceipt } from '../../../lib/core/log/receipt-file'
import { DownloadReceipts } from '../../_components/record/download-receipts'
import { receiptView } from '../../_components/record/receipt-store'
import { receipts } from '../../_components/record/use-receipts'
import { Button } from '../../_components/ui/button'
import { Overlay } from '../../_components/ui/overlay'
import { words } from '../../_components/words'

/** Asks before it throws a receipt away. */
export function ForgetReceipt({
  kept,
  trigger,
}: {
  readonly kept: KeptReceipt
  readonly trigger: ReactNode
}) {
  return (
    <Overlay
      title="Forget this receipt?"
      description="Your message stays in the log. But if it were dropped one day, nothing here would prove that it was accepted."
      trigger={trigger}
    >
      <div className="flex flex-wrap gap-2">
        <Button look="danger" onClick={() => receipts.forget(kept)}>
          {words.forget}
        </Button>
        <DownloadReceipts receipts={[receiptView(kept)]}>Download it first</DownloadReceipts>
      </div>
    </Overlay>
  )
}
