import Link from 'next/link'
import { Panel } from '../../_components/ui/panel'
import { IdForm } from '../_components/id-form'
import { ReceiptDrop } from '../_components/receipt-drop'

export const metadata = { title: 'Not in this log' }

export default function MessageNotFound() {
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <header>
        <h1 className="text-title">This log has no such message</h1>
        <p className="mt-1 text-muted">
          The id may be mistyped or cut off, or the message may be in another server’s log. If you hold a
          receipt of this server for it, the server has broken a promise: check the receipt here, and keep it.
        </p>
      </header>
      <Panel title="Another id">
        <IdForm />
      </Panel>
      <Panel title="A receipt for it">
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
