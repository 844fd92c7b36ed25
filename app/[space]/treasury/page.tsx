import { read } from '../../_server/read'
import { TreasuryPage } from './_components/treasury-page'

export const metadata = { title: 'Treasury' }

export default async function Page({ params }: { readonly params: Promise<{ space: string }> }) {
  const { space } = await params
  return <TreasuryPage space={await read.space(decodeURIComponent(space))} />
}
