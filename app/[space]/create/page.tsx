import { read } from '../../_server/read'
import { ProposalEditor } from './_components/proposal-editor'

export const metadata = { title: 'New proposal' }

export default async function NewProposalPage({ params }: { readonly params: Promise<{ space: string }> }) {
  const { space } = await params
  return <ProposalEditor space={await read.space(decodeURIComponent(space))} />
}
