'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { relayedProblem } from '../../../lib/client/check-relayed'
import type { RelayedView } from '../../../lib/core/views/relayed-view'
import { signTypedData } from '../../_wallet/sign-typed-data'
import { switchChain } from '../../_wallet/switch-chain'
import { useWallet } from '../../_wallet/use-wallet'
import { api } from '../api'

/** Approving a Safe's message as one of its owners, with what is going on in words. */
export function useApprove(relayed: RelayedView) {
  const wallet = useWallet()
  const queries = useQueryClient()
  const [doing, setDoing] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)

  async function approve() {
    const { safe } = relayed
    if (!wallet.address || !safe || doing !== null) return
    setError(null)
    try {
      const problem = relayedProblem(relayed)
      if (problem !== null) throw new Error(`${problem} Do not sign it; ask whoever runs this server.`)
      setDoing('Waiting for your wallet')
      const provider = await wallet.provider()
      // Wallets refuse to sign for a domain with another chain than the one they look at.
      if (safe.typedData.domain.chainId !== undefined) await switchChain(provider, relayed.chainId)
      const signature = await signTypedData(provider, wallet.address, safe.typedData)
      setDoing('Sending your approval')
      const next = await api.approveRelayed(relayed.id, { owner: wallet.address, signature })
      queries.setQueryData(['relayed', relayed.id], next)
    } catch (cause) {
      setError(cause)
    } finally {
      setDoing(null)
      await queries.invalidateQueries({ queryKey: ['relayed'] })
    }
  }

  return { address: wallet.address, doing, error, approve }
}
