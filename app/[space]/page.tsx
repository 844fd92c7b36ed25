import { ProposalList } from '../_components/proposal/proposal-list'
import { SpaceHeader } from '../_components/space/space-header'
import { read } from '../_server/read'

export default async function SpacePage({ params }: { readonly params: Promise<{ space: string }> }) {
  const { space: segment } = await params
  const id = decodeURIComponent(segment)
  const [space, proposals] = await Promise.all([read.space(id), read.proposals(id)])
  return (
    <>
      <SpaceHeader initial={space} />
      <ProposalList space={space.id} initial={proposals} />
    </>
  )
}
