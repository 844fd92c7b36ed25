'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { api } from '../../../_components/api'
import { Amount } from '../../../_components/ui/amount'
import { EmptyState } from '../../../_components/ui/empty-state'
import { PagedList } from '../../../_components/ui/paged-list'
import { Time } from '../../../_components/ui/time'

/** Somebody's ballots in all spaces, the newest first. */
export function AccountVotes({ address }: { readonly address: string }) {
  const query = useInfiniteQuery({
    queryKey: ['account votes', address],
    queryFn: ({ pageParam }) => api.accountVotes(address, pageParam ? { after: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  return (
    <PagedList
      query={query}
      what="The votes could not be read."
      empty={<EmptyState title="No votes yet">Votes of this account, in all spaces, stand here.</EmptyState>}
      row={({ vote, space, title, symbol }) => (
        <li key={vote.id} className="relative px-4 py-3 hover:bg-hover">
          <h2 className="font-medium">
            <Link
              href={`/${space}/proposal/${vote.proposal}`}
              className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
            >
              {title}
            </Link>
          </h2>
          <p className="mt-0.5 flex flex-wrap justify-between gap-x-4 text-small">
            <span className="min-w-0 break-words">{vote.choiceText || 'None of the options'}</span>
            <span className="text-muted tabular-nums">
              {vote.power === null ? 'power to be read' : <Amount value={vote.power} symbol={symbol} />} ·{' '}
              {space} · <Time at={vote.acceptedAt} quiet />
            </span>
          </p>
        </li>
      )}
    />
  )
}
