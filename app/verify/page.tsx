import { VerifyPage } from './_components/verify-page'

export const metadata = { title: 'Verify' }

export default function Page() {
  return <VerifyPage />
}
