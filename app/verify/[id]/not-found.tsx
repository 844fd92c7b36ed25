import { LookUp } from '../_components/look-up'

export const metadata = { title: 'Not in this log' }

export default function MessageNotFound() {
  return (
    <LookUp title="This log has no such message" byId="Another id" byReceipt="A receipt for it">
      The id may be mistyped or cut off, or the message may be in another server’s log. If you hold a receipt
      of this server for it, the server has broken a promise: check the receipt here, and keep it.
    </LookUp>
  )
}
