'use client'
import { useQueryClient } from '@tanstack/react-query'
import { revokeAliasTypedData } from '../../../../lib/client/typed-data'
import type { AccountView } from '../../../../lib/core/views/account-view'
import { ConfirmedMessage } from '../../../_components/confirmed-message'
import { Address } from '../../../_components/ui/address'
import { EmptyState } from '../../../_components/ui/empty-state'
import { shortAddress } from '../../../_components/ui/short-address'
import { Time } from '../../../_components/ui/time'

/** Keys that may sign for an account, and, for the account itself, the way to end that. */
export function LinkedKeys({
  account: { address, aliases },
  isOwn,
}: {
  readonly account: AccountView
  readonly isOwn: boolean
}) {
  const queries = useQueryClient()
  if (aliases.length === 0) {
    return (
      <EmptyState title="No other key signs for this account">
        Some apps keep a key of their own in a browser and have it linked once, so that votes need no wallet.
        Such keys stand here, and can be revoked.
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        These keys may vote, propose and follow in this account’s name. A link ends after 90 days unless it is
        renewed.
      </p>
      <ul className="panel divide-y">
        {aliases.map(({ alias, since, until }) => (
          <li key={alias} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <Address address={alias} />
            <span className="text-muted text-small">
              linked <Time at={since} />, ends <Time at={until} />
            </span>
            <span className="ml-auto">
              <ConfirmedMessage
                may={isOwn}
                label="Revoke"
                title={`Revoke the key ${shortAddress(alias)}?`}
                description="From now on nothing that it signs is taken in your name. What it signed before stays as it is."
                signLabel="Sign the revocation"
                what="The revocation"
                make={(from, timestamp) => revokeAliasTypedData({ from, timestamp, alias })}
                onAccepted={() => queries.invalidateQueries({ queryKey: ['account', address] })}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
