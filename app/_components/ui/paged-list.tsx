'use client'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PageOf } from '../../../lib/core/views/installation-view'
import { words } from '../words'
import { Button } from './button'
import { ErrorNotice } from './error-notice'
import { Loading, Skeleton } from './skeleton'

/** A list that is read page by page: its rows, or that there are none, or why they could not be read, and the way on. */
export function PagedList<Item>({
  query,
  row,
  empty,
  what,
  look = 'rows',
}: {
  readonly query: UseInfiniteQueryResult<InfiniteData<PageOf<Item>>>
  readonly row: (item: Item) => ReactNode
  readonly empty: ReactNode
  /** What did not work when it fails, as a sentence. */
  readonly what: string
  /** Rows of one panel, or cards of their own. */
  readonly look?: 'rows' | 'cards'
}) {
  const items = query.data?.pages.flatMap((page) => page.items)
  return (
    <div className="flex flex-col gap-3">
      {query.isError && <ErrorNotice what={what} error={query.error} onRetry={() => query.refetch()} />}
      {!items && !query.isError && (
        <Loading className="flex flex-col gap-3">
          {[1, 2, 3].map((line) => (
            <Skeleton key={line} className="h-14" />
          ))}
        </Loading>
      )}
      {items?.length === 0 && empty}
      {items && items.length > 0 && (
        <ul className={look === 'rows' ? 'panel divide-y overflow-hidden' : 'flex flex-col gap-4'}>
          {items.map(row)}
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
