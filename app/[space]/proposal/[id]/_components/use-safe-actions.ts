'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { safeTxTypedData } from '../../../../../lib/core/settlement/safe-transaction'
import type { SafeSettlementView } from '../../../../../lib/core/views/settlement-view'
import { api } from '../../../../_components/api'
import { sendTransaction } from '../../../../_wallet/send-transaction'
import { signTypedData } from '../../../../_wallet/sign-typed-data'
import { switchChain } from '../../../../_wallet/switch-chain'
import { useWallet } from '../../../../_wallet/use-wallet'
import type { CheckedTransaction } from './check-safe-transaction'

/** Confirming as an owner and executing as anyone, with what is going on in words. */
export function useSafeActions(proposal: string, safe: SafeSettlementView, checked: CheckedTransaction) {
  const wallet = useWallet()
  const queries = useQueryClient()
  const [doing, setDoing] = useState<string | null>(null)
  const [failure, setFailure] = useState<{ what: string; error: unknown } | null>(null)

  async function run(what: string, work: (address: `0x${string}`) => Promise<unknown>) {
    if (!wallet.address || doing !== null) return
    setFailure(null)
    try {
      await work(wallet.address)
    } catch (error) {
      setFailure({ what, error })
    } finally {
      setDoing(null)
      await queries.invalidateQueries({ queryKey: ['proposal', proposal] })
    }
  }

  return {
    address: wallet.address,
    doing,
    failure,
    confirm: () =>
      run('Your confirmation was not stored.', async (owner) => {
        setDoing('Waiting for your wallet')
        const provider = await wallet.provider()
        // Wallets refuse to sign for a domain with another chain than the one they look at.
        await switchChain(provider, safe.chainId)
        const domain = { chainId: safe.chainId, safe: safe.address }
        const signature = await signTypedData(provider, owner, safeTxTypedData(domain, checked.transaction))
        setDoing('Sending your confirmation')
        await api.confirm(proposal, { owner, signature, safeTxHash: checked.hashes.safeTxHash })
      }),
    execute: () =>
      run('The transaction was not executed.', async (from) => {
        if (!safe.executeData) return
        setDoing('Waiting for your wallet')
        const request = { chainId: safe.chainId, from, to: safe.address, data: safe.executeData }
        await sendTransaction(await wallet.provider(), request, (hash) =>
          setDoing(`Sent as ${hash.slice(0, 10)}…, waiting for a block`),
        )
        setDoing('In a block; the server is looking at it')
        await api.refreshSettlement(proposal)
      }),
  }
}
