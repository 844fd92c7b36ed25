'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HexString } from '../../../../../lib/core/views/hex-string'
import type { NextAct } from '../../../../../lib/core/views/settlement-view'
import { api } from '../../../../_components/api'
import { sendTransaction } from '../../../../_wallet/send-transaction'
import { useWallet } from '../../../../_wallet/use-wallet'
import { fetchActTransaction } from './fetch-act-transaction'

/** Sends what brings a settlement one step further, from the connected wallet; a long proof in several transactions. */
export function useAct(proposal: string, module: { readonly address: HexString; readonly chainId: number }) {
  const wallet = useWallet()
  const queries = useQueryClient()
  const [doing, setDoing] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)

  async function run(next: NextAct) {
    const from = wallet.address
    if (!from || doing !== null) return
    setFailure(null)
    try {
      let sent: HexString | null = null
      for (let number = 1; ; number++) {
        setDoing('Preparing the transaction')
        const transaction = await fetchActTransaction({ proposal, act: next.act, from, module, sent })
        if (!transaction) break
        const which = next.transactions > 1 ? `Transaction ${number} of ${next.transactions}: ` : ''
        setDoing(`${which}waiting for your wallet`)
        await sendTransaction(await wallet.provider(), transaction, (hash) =>
          setDoing(`${which}sent as ${hash.slice(0, 10)}…, waiting for a block`),
        )
        sent = transaction.data
        setDoing('In a block; the server is looking at it')
        const after = await api.refreshSettlement(proposal)
        await queries.invalidateQueries({ queryKey: ['proposal', proposal] })
        if (next.act !== 'prove' || after.next?.act !== 'prove') break
      }
    } catch (error) {
      setFailure(error)
    } finally {
      setDoing(null)
      await queries.invalidateQueries({ queryKey: ['proposal', proposal] })
    }
  }
  return { address: wallet.address, doing, failure, run }
}
