import { ProposalList } from '../_components/proposal/proposal-list'
import { read } from '../_server/read'

export default async function SpacePage({ params }: { readonly params: Promise<{ space: string }> }) {
  const { space: segment } = await params
  const id = decodeURIComponent(segment)
  const [space, proposals] = await Promise.all([read.space(id), read.proposals(id)])
  return (
    <>
      <h1 className="text-title max-lg:sr-only">{space.name}</h1>
      {space.about && <p className="mt-1 max-w-reading">{space.about}</p>}
      <p className="mt-1 mb-5 text-muted text-small">
        {space.proposals.toLocaleString('en')} proposals · {space.activeProposals} active ·{' '}
        {space.votes.toLocaleString('en')} votes cast
      </p>
      <ProposalList space={space.id} initial={proposals} />
    </>
  )
}
