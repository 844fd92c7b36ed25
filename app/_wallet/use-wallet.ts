'use client'
import { useCallback } from 'react'
import type { EIP1193Provider } from 'viem'
import { type Connector, useConfig, useConnect, useConnection, useDisconnect } from 'wagmi'
import type { HexString } from '../../lib/core/views/hex-string'
import { useHydrated } from '../_components/ui/use-hydrated'

/** The connected account, and how to change it. */
export interface Wallet {
  /** EIP-55; null while nobody is connected, or before the page has looked. */
  readonly address: HexString | null
  readonly connector: Connector | null
  readonly connecting: boolean
  connect(connector: Connector): Promise<void>
  disconnect(): Promise<void>
  /** The connected wallet itself. @throws when none is connected */
  provider(): Promise<EIP1193Provider>
}

export function useWallet(): Wallet {
  const { address, connector, status } = useConnection()
  const config = useConfig()
  // The wallet may answer before a part of the page has adopted the server's markup, which knows of no wallet.
  const hydrated = useHydrated()
  const { mutateAsync: connectTo } = useConnect()
  const { mutateAsync: disconnectFrom } = useDisconnect()

  const connect = useCallback(
    async (next: Connector) => {
      // One account at a time: what is signed next must never be a guess.
      const others = [...config.state.connections.values()].map((connection) => connection.connector)
      if (others.some((other) => other.uid === next.uid) && others.length === 1) return
      for (const other of others) await disconnectFrom({ connector: other })
      await connectTo({ connector: next })
    },
    [config, connectTo, disconnectFrom],
  )
  const disconnect = useCallback(async () => {
    for (const { connector: other } of [...config.state.connections.values()])
      await disconnectFrom({ connector: other })
  }, [config, disconnectFrom])
  const provider = useCallback(async () => {
    if (!connector) throw new Error('No wallet is connected.')
    return (await connector.getProvider()) as EIP1193Provider
  }, [connector])

  return {
    address: (hydrated && address) || null,
    connector: (hydrated && connector) || null,
    connecting: hydrated && (status === 'connecting' || status === 'reconnecting'),
    connect,
    disconnect,
    provider,
  }
}
