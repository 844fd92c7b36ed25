import { read } from '../../_server/read'
import { DelegatesPage } from './_components/delegates-page'

export const metadata = { title: 'Delegates' }

export default async function Page({ params }: { readonly params: Promise<{ space: string }> }) {
  const { space } = await params
  const { id, strategies } = await read.space(decodeURIComponent(space))
  return <DelegatesPage space={id} sources={strategies} />
}
