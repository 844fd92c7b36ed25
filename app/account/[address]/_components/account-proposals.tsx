'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../../_components/api'
import { ProposalRow } from '../../../_components/proposal/proposal-row'
import { EmptyState } from '../../../_components/ui/empty-state'
import { PagedList } from '../../../_components/ui/paged-list'

/** Somebody's proposals in all spaces, the newest first. */
export function AccountProposals({ address }: { readonly address: string }) {
  const query = useInfiniteQuery({
    queryKey: ['account proposals', address],
    queryFn: ({ pageParam }) => api.accountProposals(address, pageParam ? { after: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  return (
    <PagedList
      query={query}
      what="The proposals could not be read."
      empty={
        <EmptyState title="No proposals yet">
          Proposals of this account, in all spaces, stand here.
        </EmptyState>
      }
      row={(proposal) => <ProposalRow key={proposal.id} proposal={proposal} />}
    />
  )
}
