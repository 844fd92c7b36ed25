import { notFound } from 'next/navigation'
import { words } from '../../../_components/words'
import { read } from '../../../_server/read'
import { ProposalPage } from './_components/proposal-page'

interface Props {
  readonly params: Promise<{ space: string; id: string }>
}

export async function generateMetadata({ params }: Props) {
  const { title, body, flagged } = await read.proposal((await params).id)
  return flagged ? { title: words.flagged[flagged.as] } : { title, description: body.slice(0, 160) }
}

export default async function Page({ params }: Props) {
  const { space, id } = await params
  const proposal = await read.proposal(id)
  if (proposal.space !== decodeURIComponent(space)) notFound()
  return <ProposalPage initial={proposal} />
}
