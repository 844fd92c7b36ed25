'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { encodeBrake, reasonHash } from '../../../../../lib/core/settlement/brake-call'
import type { HexString } from '../../../../../lib/core/views/hex-string'
import { api } from '../../../../_components/api'
import { sendTransaction } from '../../../../_wallet/send-transaction'
import { useWallet } from '../../../../_wallet/use-wallet'

/** Publishes a reason and sends the veto or pause that names it, with what is going on in words. */
export function useBrake(
  proposal: HexString,
  module: { readonly address: HexString; readonly chainId: number },
) {
  const wallet = useWallet()
  const queries = useQueryClient()
  const [doing, setDoing] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [done, setDone] = useState(false)

  async function send(brake: Parameters<typeof encodeBrake>[1]) {
    const from = wallet.address
    if (!from || doing !== null) return
    setFailure(null)
    try {
      setDoing('Publishing the reason')
      const { hash } = await api.publishReason(brake.reason)
      if (hash !== reasonHash(brake.reason)) {
        throw new Error('The server published another text than yours. Nothing was sent.')
      }
      setDoing('Waiting for your wallet')
      const request = {
        chainId: module.chainId,
        from,
        to: module.address,
        data: encodeBrake(proposal, brake),
      }
      await sendTransaction(await wallet.provider(), request, (transaction) =>
        setDoing(`Sent as ${transaction.slice(0, 10)}…, waiting for a block`),
      )
      setDone(true)
      await api.refreshSettlement(proposal)
    } catch (error) {
      setFailure(error)
    } finally {
      setDoing(null)
      await queries.invalidateQueries({ queryKey: ['proposal', proposal] })
    }
  }
  function reset() {
    setFailure(null)
    setDone(false)
  }
  return { address: wallet.address, doing, failure, done, send, reset }
}
