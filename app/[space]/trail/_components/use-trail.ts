'use client'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PageOf } from '../../../../lib/core/views/installation-view'
import type { TrailEntry } from '../../../../lib/core/views/trail-view'
import { api } from '../../../_components/api'
import type { Filters } from './use-filters'

const PAGE = 20
const LOOK_EVERY_MS = 10_000

/**
 * The trail page by page. What happens while somebody reads it moves nothing under their eyes: `news` counts it, at most
 * a page, and `showNews` begins again from the newest.
 */
export function useTrail(space: string, filters: Filters, initial: PageOf<TrailEntry> | null) {
  const queries = useQueryClient()
  const queryKey = ['trail', space, filters]
  const read = (after: string) => api.trail(space, { ...filters, first: PAGE, ...(after && { after }) })
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    ...(initial &&
      Object.keys(filters).length === 0 && { initialData: { pages: [initial], pageParams: [''] } }),
  })
  const newest = useQuery({
    queryKey: ['newest-of-trail', space, filters],
    queryFn: () => read(''),
    refetchInterval: LOOK_EVERY_MS,
    staleTime: 0,
    enabled: filters.order !== 'old' && list.isSuccess && !list.isPlaceholderData,
  })
  const entries = list.data?.pages.flatMap(({ items }) => items)
  const top = entries?.[0]
  const fresh = newest.data?.items ?? []
  const known = fresh.findIndex(({ id }) => id === top?.id)
  return {
    ...list,
    entries,
    /** How many entries there are above the first one shown. */
    news: known === -1 ? fresh.length : known,
    showNews: () => newest.data && queries.setQueryData(queryKey, { pages: [newest.data], pageParams: [''] }),
  }
}
