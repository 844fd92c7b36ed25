'use client'
import { useQuery } from '@tanstack/react-query'
import type { RelayedView } from '../../../lib/core/views/relayed-view'
import { api } from '../api'

/** A message that waits for its wallet's owners, renewed as long as it waits. */
export function useRelayed(id: string, known?: RelayedView) {
  return useQuery({
    queryKey: ['relayed', id],
    queryFn: () => api.relayed(id),
    ...(known && { initialData: known }),
    refetchInterval: ({ state: { data } }) => (!data || data.state === 'waiting' ? 3000 : false),
  })
}
