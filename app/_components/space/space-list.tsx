'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import type { PageOf } from '../../../lib/core/views/installation-view'
import type { SpaceSummary } from '../../../lib/core/views/space-view'
import { useWallet } from '../../_wallet/use-wallet'
import { api } from '../api'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNotice } from '../ui/error-notice'
import { Time } from '../ui/time'
import { Toggle } from '../ui/toggle'
import { useDebounced } from '../ui/use-debounced'
import { words } from '../words'
import { SpaceMark } from './space-mark'

/** All spaces, the most active first. */
export function SpaceList({ initial }: { readonly initial: PageOf<SpaceSummary> }) {
  const [text, setText] = useState('')
  const search = useDebounced(text.trim())
  const { address } = useWallet()
  const [onlyFollowed, setOnlyFollowed] = useState(false)
  const follower = onlyFollowed ? address : null
  const query = useInfiniteQuery({
    queryKey: ['spaces', search, follower],
    queryFn: ({ pageParam }) =>
      api.spaces({
        ...(pageParam && { after: pageParam }),
        ...(search && { search }),
        ...(follower && { follower }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    ...(search === '' && !follower && { initialData: { pages: [initial], pageParams: [''] } }),
  })
  const spaces = (query.data?.pages ?? [initial]).flatMap(({ items }) => items)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="search"
          aria-label="Search spaces"
          placeholder="Search by name or id"
          className="field-box min-w-0 flex-1 basis-52"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {address && (
          <fieldset className="flex gap-1">
            <legend className="sr-only">Show</legend>
            <Toggle pressed={!onlyFollowed} onPress={() => setOnlyFollowed(false)}>
              All
            </Toggle>
            <Toggle pressed={onlyFollowed} onPress={() => setOnlyFollowed(true)}>
              Following
            </Toggle>
          </fieldset>
        )}
      </div>
      {query.isError && (
        <ErrorNotice
          what="The list could not be renewed."
          error={query.error}
          onRetry={() => query.refetch()}
        />
      )}
      {spaces.length === 0 && search !== '' && (
        <EmptyState title="No space by that name">Look for another name, or make a new space.</EmptyState>
      )}
      {spaces.length === 0 && search === '' && follower && !query.isPlaceholderData && (
        <EmptyState title="You follow no space yet">
          Follow one on its page, and find it here again with what is being voted on.
        </EmptyState>
      )}
      {spaces.length === 0 && search === '' && !follower && (
        <EmptyState
          title="No spaces yet"
          action={
            <Button asChild look="primary">
              <Link href="/create">{words.newSpace}</Link>
            </Button>
          }
        >
          A space is where an organisation decides: it says who has how many votes and which Safe carries out
          what passes.
        </EmptyState>
      )}
      {spaces.length > 0 && (
        <ul className="panel divide-y overflow-hidden">
          {spaces.map((space) => (
            <li key={space.id} className="relative flex items-center gap-3 px-4 py-3 hover:bg-hover">
              <SpaceMark id={space.id} name={space.name} />
              <div className="min-w-0 flex-1">
                <h2 className="flex items-baseline gap-2">
                  <Link
                    href={`/${space.id}`}
                    className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
                  >
                    {space.name}
                  </Link>
                  <span className="truncate text-muted text-small">{space.id}</span>
                </h2>
                {space.about && <p className="truncate text-muted text-small">{space.about}</p>}
              </div>
              <div className="shrink-0 text-right text-small">
                <p className={space.activeProposals > 0 ? 'font-medium text-for' : 'text-muted'}>
                  {space.activeProposals > 0
                    ? `${space.activeProposals} active`
                    : `${space.proposals} ${space.proposals === 1 ? 'proposal' : 'proposals'}`}
                </p>
                <p className="text-muted">
                  <Time at={space.activeAt} known="past" quiet />
                </p>
              </div>
            </li>
          ))}
        </ul>
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
