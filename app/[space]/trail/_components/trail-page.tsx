'use client'
import { Download, X } from 'lucide-react'
import Link from 'next/link'
import { useRef } from 'react'
import type { PageOf } from '../../../../lib/core/views/installation-view'
import type { TrailEntry } from '../../../../lib/core/views/trail-view'
import { Button } from '../../../_components/ui/button'
import { EmptyState } from '../../../_components/ui/empty-state'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { shortAddress } from '../../../_components/ui/short-address'
import { Loading, Skeleton } from '../../../_components/ui/skeleton'
import { words } from '../../../_components/words'
import { TrailFilters } from './trail-filters'
import { TrailRow } from './trail-row'
import { searchOf, useFilters } from './use-filters'
import { useTrail } from './use-trail'

/** Everything that happened in a space, each entry with its message and signature; `initial` is the newest page. */
export function TrailPage({
  space,
  initial,
}: {
  readonly space: string
  readonly initial: PageOf<TrailEntry> | null
}) {
  const query = useFilters()
  const { filters, change } = query
  const trail = useTrail(space, filters, initial)
  const { entries } = trail
  const list = useRef<HTMLUListElement>(null)
  const isNarrowed = Object.keys(filters).some((name) => name !== 'order')
  const showAll = () => change({ kind: undefined, author: undefined, proposal: undefined, find: undefined })
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <div>
        <h1 className="text-title">Audit trail</h1>
        <p className="mt-1 max-w-reading text-muted">
          What was signed in this space, in the order of the log, and what came of it. Ballots that were
          replaced, texts that were edited and proposals that were hidden stay here: nobody can take an entry
          out.
        </p>
      </div>
      <TrailFilters {...query} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {filters.proposal && (
          <OnlyProposal
            space={space}
            id={filters.proposal}
            title={entries?.find(({ proposal }) => proposal?.id === filters.proposal)?.proposal?.title}
            onRemove={() => change({ proposal: undefined })}
          />
        )}
        <Downloads space={space} filters={filters} />
      </div>
      {trail.isError && (
        <>
          <ErrorNotice
            what="The trail could not be read."
            error={trail.error}
            onRetry={() => trail.refetch()}
          />
          {isNarrowed && (
            <Button className="self-start" onClick={showAll}>
              Show everything
            </Button>
          )}
        </>
      )}
      {!entries && !trail.isError && (
        <Loading className="flex flex-col gap-2">
          {[1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} className="h-16" />
          ))}
        </Loading>
      )}
      <div aria-live="polite" className="flex justify-center empty:hidden">
        {trail.news > 0 && (
          <Button
            onClick={() => {
              trail.showNews()
              list.current?.focus()
            }}
          >
            {trail.news === 1 ? 'Show the new entry' : `Show ${trail.news} new entries`}
          </Button>
        )}
      </div>
      {entries?.length === 0 && (
        <EmptyState
          title="Nothing matches"
          action={isNarrowed && <Button onClick={showAll}>Show everything</Button>}
        >
          Nothing of that kind has happened in this space.
        </EmptyState>
      )}
      {entries && entries.length > 0 && (
        <ul
          ref={list}
          tabIndex={-1}
          aria-label="Entries"
          aria-busy={trail.isPlaceholderData}
          className="panel divide-y outline-none"
        >
          {entries.map((entry) => (
            <TrailRow
              key={entry.id}
              space={space}
              entry={entry}
              inProposal={filters.proposal !== undefined}
            />
          ))}
        </ul>
      )}
      {trail.hasNextPage && (
        <Button
          className="self-center"
          aria-busy={trail.isFetchingNextPage}
          onClick={() => trail.fetchNextPage()}
        >
          {words.showMore}
        </Button>
      )}
    </div>
  )
}

function OnlyProposal({
  space,
  id,
  title,
  onRemove,
}: {
  readonly space: string
  readonly id: string
  readonly title: string | undefined
  readonly onRemove: () => void
}) {
  return (
    <p className="flex min-w-0 items-center gap-1">
      <span className="shrink-0 text-muted">Only</span>
      <Link href={`/${space}/proposal/${id}`} className="link min-w-0 truncate">
        {title ?? shortAddress(id)}
      </Link>
      <Button look="quiet" icon aria-label="Show all proposals" onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </Button>
    </p>
  )
}

function Downloads({
  space,
  filters: { order: _, ...filters },
}: {
  readonly space: string
  readonly filters: ReturnType<typeof useFilters>['filters']
}) {
  const search = searchOf(filters)
  return (
    <p className="flex items-center gap-2 sm:ml-auto">
      <span className="text-muted text-small">All of it, oldest first:</span>
      {(['csv', 'ndjson'] as const).map((format) => (
        <Button key={format} asChild>
          <a
            href={`/api/v1/spaces/${encodeURIComponent(space)}/trail.${format}${search && `?${search}`}`}
            download
            aria-label={`Download as ${format.toUpperCase()}`}
          >
            <Download aria-hidden className="size-4" />
            {format.toUpperCase()}
          </a>
        </Button>
      ))}
    </p>
  )
}
