'use client'
import { useCallback, useState } from 'react'
import { hashTypedData, isAddressEqual, type TypedDataDefinition } from 'viem'
import { type MessageTypedData, toEnvelope } from '../../lib/client/typed-data'
import { recoverReceiptSigner } from '../../lib/core/log/receipt'
import type { AcceptedView, InstallationView } from '../../lib/core/views/installation-view'
import { api } from '../_components/api'
import { useInstallation } from '../_components/installation'
import { signTypedData } from './sign-typed-data'
import { useWallet } from './use-wallet'

/** How far a message has come. `accepted` only with a receipt that this page has checked. */
export type Publishing =
  | { readonly stage: 'idle' }
  | { readonly stage: 'signing' }
  | { readonly stage: 'sent' }
  | { readonly stage: 'accepted'; readonly accepted: AcceptedView }
  | { readonly stage: 'failed'; readonly error: unknown; readonly wasSent: boolean }

/** Signs a message in the connected wallet, sends it, and checks the receipt that comes back. */
export function usePublish() {
  const wallet = useWallet()
  const installation = useInstallation()
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
        const accepted = await api.sendMessage(toEnvelope(wallet.address, signature, typedData))
        await checkReceipt(accepted, typedData, installation)
        setPublishing({ stage: 'accepted', accepted })
        return accepted
      } catch (error) {
        setPublishing({ stage: 'failed', error, wasSent })
        return null
      }
    },
    [wallet, installation],
  )
  const reset = useCallback(() => setPublishing({ stage: 'idle' }), [])
  return { publishing, publish, reset }
}

/** @throws when the receipt is for another message, or not signed by this installation's operator */
async function checkReceipt(
  { receipt }: AcceptedView,
  typedData: MessageTypedData,
  { operator }: InstallationView,
): Promise<void> {
  const id = hashTypedData(typedData as unknown as TypedDataDefinition)
  const signer = await recoverReceiptSigner(
    { ...receipt, logIndex: Number(receipt.logIndex) },
    receipt.signature,
  )
  if (receipt.messageId !== id || !isAddressEqual(signer, operator)) {
    throw new Error(
      'The server’s receipt does not fit what you signed. Do not rely on it; ask whoever runs this server.',
    )
  }
}
