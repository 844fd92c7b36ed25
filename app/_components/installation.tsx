'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { InstallationView } from '../../lib/core/views/installation-view'

interface Installation extends InstallationView {
  /** What an address is called here; null without a name. */
  nameOf(address: string): string | null
  chainName(chainId: number): string
  /** The chain's coin: "ETH". */
  coin(chainId: number): string
  /** A block explorer's page of a transaction, or null when the chain has no explorer. */
  transactionUrl(chainId: number, hash: string): string | null
}

const InstallationContext = createContext<Installation | null>(null)

export function InstallationProvider({
  view,
  children,
}: {
  readonly view: InstallationView
  readonly children: ReactNode
}) {
  const installation = useMemo<Installation>(() => {
    const names = new Map(view.demo?.accounts.map((account) => [account.address.toLowerCase(), account.name]))
    if (view.demo) {
      names.set(view.demo.token.toLowerCase(), 'Demo token')
    }
    const chain = (chainId: number) => view.chains.find(({ id }) => id === chainId)
    return {
      ...view,
      nameOf: (address) => names.get(address.toLowerCase()) ?? null,
      chainName: (chainId) => chain(chainId)?.name ?? `chain ${chainId}`,
      coin: (chainId) => chain(chainId)?.symbol ?? 'ETH',
      transactionUrl: (chainId, hash) => {
        const explorer = chain(chainId)?.explorer
        return explorer ? `${explorer.replace(/\/$/, '')}/tx/${hash}` : null
      },
    }
  }, [view])
  return <InstallationContext value={installation}>{children}</InstallationContext>
}

export function useInstallation(): Installation {
  const installation = useContext(InstallationContext)
  if (!installation) throw new Error('useInstallation is used outside InstallationProvider')
  return installation
}
