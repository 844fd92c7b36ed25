'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Check, Plus } from 'lucide-react'
import { followTypedData } from '../../../lib/client/typed-data'
import { usePublish } from '../../_wallet/use-publish'
import { useWallet } from '../../_wallet/use-wallet'
import { useConnectDialog } from '../../_wallet/wallet-provider'
import { useAccount } from '../account/use-account'
import { Publication } from '../publication'
import { Button } from '../ui/button'
import { ErrorNotice } from '../ui/error-notice'
import { useToast } from '../ui/toast'

/** Whether the reader follows a space, as the server has it, and the message that changes that. */
export function FollowButton({ space, name }: { readonly space: string; readonly name: string }) {
  const { address, connecting } = useWallet()
  const openConnect = useConnectDialog()
  const queries = useQueryClient()
  const toast = useToast()
  const account = useAccount(address)
  const { publishing, publish, reset } = usePublish()
  const follows = account.data?.follows.some((followed) => followed.space === space) ?? false
  const isBusy = publishing.stage === 'signing' || publishing.stage === 'sent'

  async function toggle() {
    if (!address) return openConnect()
    if (isBusy) return
    const known = account.data ?? (await account.refetch()).data
    if (!known) return
    const isFollower = known.follows.some((followed) => followed.space === space)
    const kind = isFollower ? 'unfollow' : 'follow'
    const accepted = await publish(
      followTypedData(kind, { from: address, space, timestamp: Math.floor(Date.now() / 1000) }),
    )
    if (!accepted) return
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['account', address] }),
      queries.invalidateQueries({ queryKey: ['space', space] }),
      queries.invalidateQueries({ queryKey: ['spaces'] }),
    ])
    reset()
    toast(isFollower ? `You no longer follow ${name}.` : `You follow ${name}. The receipt is kept.`)
  }

  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        aria-pressed={follows}
        aria-busy={isBusy || account.isLoading || undefined}
        disabled={connecting}
        onClick={toggle}
      >
        {follows ? <Check aria-hidden className="size-4" /> : <Plus aria-hidden className="size-4" />}
        {publishing.stage === 'signing' ? 'Waiting for your wallet' : follows ? 'Following' : 'Follow'}
      </Button>
      {account.isError && (
        <ErrorNotice
          what="Whether you follow this space could not be read."
          error={account.error}
          onRetry={() => account.refetch()}
        />
      )}
      {(publishing.stage === 'failed' || publishing.stage === 'relayed') && (
        <Publication publishing={publishing} what="That you follow it" onRetry={toggle} />
      )}
    </div>
  )
}
