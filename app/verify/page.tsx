import { LookUp } from './_components/look-up'

export const metadata = { title: 'Verify' }

/** For whoever holds an id or a receipt, and wants to know what became of it. */
export default function Page() {
  return (
    <LookUp title="Verify" byId="A message" byReceipt="A receipt">
      Every vote, proposal and change of settings is a signed message in a public log. Anyone can look one up,
      and have their own browser check the signature, the receipt and the place in the log.
    </LookUp>
  )
}
