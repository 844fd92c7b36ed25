'use client'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api'

/** Who can move a space's coins, as its chains say now. */
export function useTreasury(space: string) {
  return useQuery({
    queryKey: ['treasury', space],
    queryFn: () => api.treasury(space),
    staleTime: 30_000,
  })
}
