import Link from 'next/link'
import { Panel } from '../../_components/ui/panel'
import { IdForm } from './id-form'
import { ReceiptDrop } from './receipt-drop'

/** Two ways to a message: its id, or a receipt for it. */
export function LookUp({
  title,
  children,
  byId,
  byReceipt,
}: {
  readonly title: string
  readonly children: React.ReactNode
  /** Titles of the two. */
  readonly byId: string
  readonly byReceipt: string
}) {
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <header>
        <h1 className="text-title">{title}</h1>
        <p className="mt-1 text-muted">{children}</p>
      </header>
      <Panel title={byId}>
        <IdForm />
      </Panel>
      <Panel title={byReceipt}>
        <ReceiptDrop />
        <p className="mt-4 text-muted text-small">
          Those of this browser are under{' '}
          <Link href="/receipts" className="link">
            Receipts
          </Link>
          .
        </p>
      </Panel>
    </div>
  )
}
