'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import type { PageOf } from '../../../lib/core/views/installation-view'
import type { ProposalSummary } from '../../../lib/core/views/proposal-view'
import { useWallet } from '../../_wallet/use-wallet'
import { api } from '../api'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNotice } from '../ui/error-notice'
import { Toggle } from '../ui/toggle'
import { useDebounced } from '../ui/use-debounced'
import { words } from '../words'
import { ProposalRow } from './proposal-row'

const states = ['active', 'pending', 'passed', 'rejected', 'executed'] as const
const filters = [...states, 'flagged'] as const

/** A space's proposals, active first, with plain toggles for their states; `initial` is the server's first page. */
export function ProposalList({
  space,
  initial,
}: {
  readonly space: string
  readonly initial: PageOf<ProposalSummary>
}) {
  const { address } = useWallet()
  const [filter, setFilter] = useState<(typeof filters)[number] | null>(null)
  const [text, setText] = useState('')
  const search = useDebounced(text.trim())
  const isAll = filter === null && search === ''
  const plain = isAll && address === null
  const query = useInfiniteQuery({
    queryKey: ['proposals', space, filter, search, address],
    queryFn: ({ pageParam }) =>
      api.proposals(space, {
        ...(pageParam && { after: pageParam }),
        ...(filter && (filter === 'flagged' ? { flagged: 'true' as const } : { state: filter })),
        ...(search && { search }),
        ...(address && { voter: address }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    ...(plain && { initialData: { pages: [initial], pageParams: [''] } }),
  })
  const proposals = (query.data?.pages ?? [initial]).flatMap(({ items }) => items)

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex flex-wrap gap-1">
          <legend className="sr-only">Show</legend>
          {[null, ...filters].map((each) => (
            <Toggle key={each ?? 'all'} pressed={filter === each} onPress={() => setFilter(each)}>
              {each === null ? 'All' : each === 'flagged' ? 'Flagged' : words.states[each]}
            </Toggle>
          ))}
        </fieldset>
        <input
          type="search"
          dir="auto"
          aria-label="Search proposals"
          placeholder="Search"
          className="field-box sm:ml-auto sm:w-52"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {query.isError && (
        <ErrorNotice
          what="The list could not be renewed."
          error={query.error}
          onRetry={() => query.refetch()}
        />
      )}
      {proposals.length > 0 ? (
        <ul className="panel divide-y overflow-hidden" aria-busy={query.isPlaceholderData}>
          {proposals.map((proposal) => (
            <ProposalRow key={proposal.id} proposal={proposal} />
          ))}
        </ul>
      ) : isAll ? (
        <EmptyState
          title="No proposals yet"
          action={
            <Button asChild look="primary">
              <Link href={`/${space}/create`}>{words.newProposal}</Link>
            </Button>
          }
        >
          A proposal is a text, a choice and a time to decide; it can carry transactions that the Safe makes
          if it passes.
        </EmptyState>
      ) : (
        <EmptyState title={filter === 'flagged' && search === '' ? 'Nothing is flagged' : 'Nothing matches'}>
          Choose another state or search for something else.
        </EmptyState>
      )}
      {query.hasNextPage && (
        <Button
          className="self-center"
          aria-busy={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {words.showMore}
        </Button>
      )}
    </div>
  )
}
