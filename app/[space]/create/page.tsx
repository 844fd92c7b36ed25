import { notFound } from 'next/navigation'
import { words } from '../../_components/words'
import { read } from '../../_server/read'
import { EditProposal } from './_components/edit-proposal'
import { ProposalEditor } from './_components/proposal-editor'

interface Props {
  readonly params: Promise<{ space: string }>
  /** `edit`: the id of a proposal whose text is to be changed. */
  readonly searchParams: Promise<{ edit?: string | string[] }>
}

export async function generateMetadata({ searchParams }: Props) {
  return { title: (await searchParams).edit === undefined ? words.newProposal : 'Edit proposal' }
}

export default async function NewProposalPage({ params, searchParams }: Props) {
  const space = await read.space(decodeURIComponent((await params).space))
  const { edit } = await searchParams
  if (edit === undefined) return <ProposalEditor space={space} />
  const proposal = await read.proposal(String(edit))
  if (proposal.space !== space.id) notFound()
  return <EditProposal space={space} proposal={proposal} />
}
