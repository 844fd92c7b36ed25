'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Tooltip } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { ApiError } from '../../lib/client/api'
import type { InstallationView } from '../../lib/core/views/installation-view'
import { WalletProvider } from '../_wallet/wallet-provider'
import { InstallationProvider } from './installation'
import { ToastProvider } from './ui/toast'

/** Everything that pages and components expect to find around them. */
export function Providers({
  installation,
  children,
}: {
  readonly installation: InstallationView
  readonly children: ReactNode
}) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 5000,
            retry: (count, error) => count < 3 && error instanceof ApiError && error.retry,
          },
        },
      }),
  )
  return (
    <InstallationProvider view={installation}>
      <QueryClientProvider client={queries}>
        <WalletProvider>
          <Tooltip.Provider delayDuration={200}>
            <ToastProvider>{children}</ToastProvider>
          </Tooltip.Provider>
        </WalletProvider>
      </QueryClientProvider>
    </InstallationProvider>
  )
}
