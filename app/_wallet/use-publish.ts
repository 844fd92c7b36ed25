'use client'
import { useCallback, useState } from 'react'
import { checkAccepted } from '../../lib/client/check-accepted'
import { type MessageTypedData, toEnvelope } from '../../lib/client/typed-data'
import type { HexString } from '../../lib/core/views/hex-string'
import type { AcceptedView } from '../../lib/core/views/installation-view'
import { api } from '../_components/api'
import { useInstallation } from '../_components/installation'
import { receipts } from '../_components/record/use-receipts'
import { signTypedData } from './sign-typed-data'
import { useWallet } from './use-wallet'

/**
 * How far a message has come. `relayed`: a contract wallet was asked, and its owners have still to approve. `accepted` only
 * with a receipt that this page has checked, and `isKept` in this browser.
 */
export type Publishing =
  | { readonly stage: 'idle' }
  | { readonly stage: 'signing' }
  | { readonly stage: 'sent' }
  | { readonly stage: 'relayed'; readonly id: HexString }
  | { readonly stage: 'accepted'; readonly accepted: AcceptedView; readonly isKept: boolean }
  | { readonly stage: 'failed'; readonly error: unknown; readonly wasSent: boolean }

/** What a contract wallet answers that cannot sign at once: its owners are asked, each in their own time. */
const UNSIGNED = '0x'

/**
 * Signs a message in the connected wallet, sends it, checks the receipt that comes back, and keeps it. Null when there is
 * none: it failed, or it waits for the wallet's owners.
 */
export function usePublish() {
  const wallet = useWallet()
  const { log, receiptKeys } = useInstallation()
  const [publishing, setPublishing] = useState<Publishing>({ stage: 'idle' })

  const publish = useCallback(
    async (typedData: MessageTypedData): Promise<AcceptedView | null> => {
      let wasSent = false
      try {
        if (!wallet.address) throw new Error('No wallet is connected.')
        setPublishing({ stage: 'signing' })
        const signature = await signTypedData(await wallet.provider(), wallet.address, typedData)
        wasSent = true
        setPublishing({ stage: 'sent' })
        const envelope = toEnvelope(wallet.address, signature, typedData)
        if (signature === UNSIGNED) {
          setPublishing({ stage: 'relayed', id: (await api.relay(envelope)).id })
          return null
        }
        const accepted = await api.sendMessage(envelope)
        await checkAccepted(accepted, envelope, receiptKeys)
        const isKept = receipts.keep(log.origin, accepted.receipt) !== 'full'
        setPublishing({ stage: 'accepted', accepted, isKept })
        return accepted
      } catch (error) {
        setPublishing({ stage: 'failed', error, wasSent })
        return null
      }
    },
    [wallet, log, receiptKeys],
  )
  const reset = useCallback(() => setPublishing({ stage: 'idle' }), [])
  return { publishing, publish, reset }
}
