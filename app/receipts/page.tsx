import { ReceiptsPage } from './_components/receipts-page'

export const metadata = { title: 'Receipts' }

export default function Page() {
  return <ReceiptsPage />
}
