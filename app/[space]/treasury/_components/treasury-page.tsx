'use client'
import Link from 'next/link'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { tokenDecimals } from '../../../_components/treasury/token-decimals'
import { useTreasury } from '../../../_components/treasury/use-treasury'
import { Button } from '../../../_components/ui/button'
import { EmptyState } from '../../../_components/ui/empty-state'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { Loading, Skeleton } from '../../../_components/ui/skeleton'
import { SafeAccount } from './safe-account'

/** Who can move a space's coins, as the chain says, and what each of them could do. */
export function TreasuryPage({ space }: { readonly space: SpaceView }) {
  const { data, error, refetch } = useTreasury(space.id)
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <div>
        <h1 className="text-title">Who can move the treasury</h1>
        <p className="mt-1 max-w-reading text-muted">
          Read from the chain just now, not from this space’s settings. A module moves what the Safe holds
          without its owners; so what matters is everybody on this page.
        </p>
      </div>
      {error && (
        <ErrorNotice what="The treasuries could not be read." error={error} onRetry={() => refetch()} />
      )}
      {!data && !error && (
        <Loading className="flex flex-col gap-3">
          <Skeleton className="h-6 w-48" />
          <Skeleton className="h-40" />
          <Skeleton className="h-72" />
        </Loading>
      )}
      {data?.treasuries.length === 0 && (
        <EmptyState
          title="This space has no treasury"
          action={
            <Button asChild>
              <Link href={`/${space.id}/settings`}>Settings</Link>
            </Button>
          }
        >
          Its proposals carry no transactions. An admin can name a Safe in the settings.
        </EmptyState>
      )}
      {data?.treasuries.map((account) => (
        <SafeAccount
          key={`${account.chainId}${account.address}`}
          account={account}
          decimals={tokenDecimals(space)}
        />
      ))}
    </div>
  )
}
