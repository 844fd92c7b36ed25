'use client'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api'

/** What an account has signed about itself, as the server has it; nothing is asked while nobody is connected. */
export function useAccount(address: string | null) {
  return useQuery({
    queryKey: ['account', address],
    queryFn: () => api.account(address ?? ''),
    enabled: address !== null,
  })
}
