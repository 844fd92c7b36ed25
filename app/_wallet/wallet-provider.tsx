'use client'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { WagmiProvider } from 'wagmi'
import { useInstallation } from '../_components/installation'
import { ConnectDialog } from './connect-dialog'
import { createWalletConfig } from './wallet-config'

const ConnectContext = createContext<() => void>(() => {})

/** Opens the dialog in which a wallet is chosen. */
export function useConnectDialog(): () => void {
  return useContext(ConnectContext)
}

export function WalletProvider({ children }: { readonly children: ReactNode }) {
  const installation = useInstallation()
  const [config] = useState(() => createWalletConfig(installation))
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  const dialog = useMemo(() => <ConnectDialog open={open} onOpenChange={setOpen} />, [open])
  return (
    <WagmiProvider config={config}>
      <ConnectContext value={show}>
        {children}
        {dialog}
      </ConnectContext>
    </WagmiProvider>
  )
}
