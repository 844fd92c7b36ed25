'use client'
import { Check, CircleDashed } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '../../../lib/client/api'
import type { RelayedSafeView, RelayedView } from '../../../lib/core/views/relayed-view'
import { Address } from '../ui/address'
import { Button } from '../ui/button'
import { ErrorNotice } from '../ui/error-notice'
import { Time } from '../ui/time'
import { useApprove } from './use-approve'

/**
 * How far the owners of a contract wallet are with approving a message: who has, who has not, until when they can, and,
 * for an owner who is connected, the way to do it.
 */
export function RelayedProgress({
  relayed,
  what,
}: {
  readonly relayed: RelayedView
  /** "The vote" */
  readonly what: string
}) {
  const { safe, state } = relayed
  if (state === 'refused')
    return (
      <ErrorNotice
        what={`${what} was approved and then refused.`}
        error={new ApiError(400, relayed.reason ?? '', false)}
      />
    )
  if (state === 'expired')
    return (
      <p className="text-muted">
        {what} was not approved in time:{' '}
        {safe ? `${safe.approvals} of ${safe.threshold} owners approved` : 'the wallet said nothing'}. Nothing
        is counted.
      </p>
    )
  return (
    <div className="flex flex-col gap-2">
      {safe ? <Owners safe={safe} /> : <NoSafe />}
      {state === 'waiting' && (
        <>
          <p className="text-muted text-small">
            Until <Time at={relayed.expiresAt} form="both" />
            {relayed.checkedAt !== null && (
              <>
                {' '}
                · chain read <Time at={relayed.checkedAt} />
              </>
            )}
          </p>
          {relayed.reason && <p className="text-small text-warn">Not taken yet: {relayed.reason}</p>}
          {safe && <Approve relayed={relayed} safe={safe} />}
        </>
      )}
    </div>
  )
}

function Owners({ safe }: { readonly safe: RelayedSafeView }) {
  return (
    <div>
      <p className="font-medium" aria-live="polite">
        {safe.approvals} of {safe.threshold} owners approved
        {safe.owners.length > safe.threshold && (
          <span className="font-normal text-muted">
            {' '}
            · any {safe.threshold} of {safe.owners.length}
          </span>
        )}
      </p>
      <ul className="mt-1.5 flex flex-col gap-1" aria-label="Owners">
        {safe.owners.map(({ address, approval }) => (
          <li key={address} className="flex items-center gap-2">
            <Mark done={approval !== null} />
            <Address address={address} copy={false} />
            <span className="ml-auto text-muted text-small">
              {approval === null ? 'not yet' : approval === 'chain' ? 'approved on chain' : 'signed'}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Mark({ done }: { readonly done: boolean }): ReactNode {
  const Icon = done ? Check : CircleDashed
  return <Icon aria-hidden className={`size-4 shrink-0 ${done ? 'text-for' : 'text-muted'}`} />
}

function NoSafe() {
  return (
    <p>
      The wallet is a contract and no Safe. It is asked on chain from time to time whether it approves this
      message; how it comes to do so is its own affair.
    </p>
  )
}

function Approve({ relayed, safe }: { readonly relayed: RelayedView; readonly safe: RelayedSafeView }) {
  const { address, doing, error, approve } = useApprove(relayed)
  const own = safe.owners.find((owner) => owner.address === address)
  const others = safe.threshold - safe.approvals
  if (own?.approval === null) {
    return (
      <div className="flex flex-col gap-2">
        {error !== null && <ErrorNotice what="Your approval was not stored." error={error} />}
        <Button look="primary" onClick={approve} aria-busy={doing !== null || undefined}>
          {doing ?? 'Approve as an owner'}
        </Button>
      </div>
    )
  }
  return (
    <p className="text-small">
      {others === 1 ? 'One more owner has' : `${others} more owners have`} to approve: on this page with an
      account of theirs, or in the Safe’s own app.
    </p>
  )
}
