import Link from 'next/link'
import { Panel } from '../../_components/ui/panel'
import { IdForm } from './id-form'
import { ReceiptDrop } from './receipt-drop'

/** For whoever holds an id or a receipt, and wants to know what became of it. */
export function VerifyPage() {
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <header>
        <h1 className="text-title">Verify</h1>
        <p className="mt-1 text-muted">
          Every vote, proposal and change of settings is a signed message in a public log. Anyone can look one
          up, and have their own browser check the signature, the receipt and the place in the log.
        </p>
      </header>
      <Panel title="A message">
        <IdForm />
      </Panel>
      <Panel title="A receipt">
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
