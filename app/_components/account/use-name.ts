'use client'
import { useQuery } from '@tanstack/react-query'
import DataLoader from 'dataloader'
import { api } from '../api'
import { useInstallation } from '../installation'

/** Everybody on a page is asked about at once. */
const WINDOW_MS = 20
const MAX_NAMES = 100

const loader = new DataLoader<string, string | null>(
  async (addresses) => {
    const { items } = await api.names(addresses)
    const names = new Map(items.map(({ address, name }) => [address, name.trim()]))
    return addresses.map((address) => names.get(address as `0x${string}`) || null)
  },
  { cache: false, maxBatchSize: MAX_NAMES, batchScheduleFn: (ask) => setTimeout(ask, WINDOW_MS) },
)

/** What an account is called: by this installation, or by itself, which nobody checked. */
export function useName(
  address: string,
  isPerson: boolean,
): { readonly name: string | null; readonly isOwn: boolean } {
  const given = useInstallation().nameOf(address)
  const { data } = useQuery({
    queryKey: ['name', address],
    queryFn: () => loader.load(address),
    enabled: isPerson && given === null,
    staleTime: 60_000,
    retry: false,
  })
  return given === null && data ? { name: data, isOwn: true } : { name: given, isOwn: false }
}
