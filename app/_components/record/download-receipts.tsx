'use client'
import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatReceiptFile } from '../../../lib/core/log/receipt-file'
import type { AcceptedView } from '../../../lib/core/views/installation-view'
import { useInstallation } from '../installation'
import { Button } from '../ui/button'
import { downloadText } from './download-text'

/** Hands receipts out as a file that `comitia verify` and this page take back. */
export function DownloadReceipts({
  receipts,
  look = 'secondary',
  icon = false,
  className,
  children,
}: {
  readonly receipts: readonly AcceptedView['receipt'][]
  readonly look?: 'secondary' | 'quiet'
  /** The icon alone, with `children` for those who cannot see it. */
  readonly icon?: boolean
  readonly className?: string
  readonly children: ReactNode
}) {
  const { log } = useInstallation()
  const [first] = receipts
  const name = receipts.length === 1 ? `receipt-${first?.messageId.slice(2, 12)}` : 'receipts'
  return (
    <Button
      look={look}
      icon={icon}
      {...(className && { className })}
      onClick={() => downloadText(`comitia-${name}.json`, formatReceiptFile(log.origin, receipts))}
    >
      <Download aria-hidden className="size-4" />
      <span className={icon ? 'sr-only' : ''}>{children}</span>
    </Button>
  )
}
