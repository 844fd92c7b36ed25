'use client'
import { useQuery } from '@tanstack/react-query'
import type { AccountView } from '../../../../lib/core/views/account-view'
import { StatementCard } from '../../../_components/account/statement-card'
import { api } from '../../../_components/api'
import { useInstallation } from '../../../_components/installation'
import { CopyButton } from '../../../_components/ui/copy-button'
import { EmptyState } from '../../../_components/ui/empty-state'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { ExternalLink } from '../../../_components/ui/external-link'
import { Identicon } from '../../../_components/ui/identicon'
import { shortAddress } from '../../../_components/ui/short-address'
import { Tabs } from '../../../_components/ui/tabs'
import { useWallet } from '../../../_wallet/use-wallet'
import { AccountProposals } from './account-proposals'
import { AccountVotes } from './account-votes'
import { Followed } from './followed'
import { LinkedKeys } from './linked-keys'
import { ProfileEditor } from './profile-editor'

/** What somebody says of themselves, and what they did here. */
export function AccountPage({ initial }: { readonly initial: AccountView }) {
  const wallet = useWallet()
  const { nameOf } = useInstallation()
  const query = useQuery({
    queryKey: ['account', initial.address],
    queryFn: () => api.account(initial.address),
    initialData: initial,
  })
  const account = query.data
  const { address, statements, aliases } = account
  const profile = account.profile ?? {}
  const text = (key: string) => (typeof profile[key] === 'string' ? profile[key] : '')
  const isOwn = wallet.address === address
  const given = nameOf(address)
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <header className="flex flex-wrap items-start gap-4">
        <Identicon seed={address} size={56} />
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="break-words text-title">{given ?? (text('name') || shortAddress(address))}</h1>
          <p className="flex items-start gap-1 text-muted text-small">
            <span className="min-w-0 break-all font-mono">{address}</span>
            <CopyButton text={address} label="address" className="-my-0.5" />
          </p>
          {given !== null && text('name') && <p className="mt-1">Calls themselves {text('name')}.</p>}
          {text('about') && <p className="mt-2 max-w-reading whitespace-pre-wrap">{text('about')}</p>}
          <p className="mt-1 flex flex-wrap gap-x-4">
            {text('twitter') && (
              <ExternalLink href={`https://x.com/${text('twitter')}`}>X: {text('twitter')}</ExternalLink>
            )}
            {text('github') && (
              <ExternalLink href={`https://github.com/${text('github')}`}>
                GitHub: {text('github')}
              </ExternalLink>
            )}
          </p>
          {account.profile && (
            <p className="mt-1 text-muted text-small">
              This is what the account says of itself. Nobody checked whether it is true.
            </p>
          )}
        </div>
        {isOwn && <ProfileEditor address={address} profile={profile} />}
      </header>
      {query.isError && (
        <ErrorNotice
          what="This page could not be renewed."
          error={query.error}
          onRetry={() => query.refetch()}
        />
      )}
      <Tabs
        label="What this account did"
        tabs={[
          { id: 'votes', name: 'Votes', content: <AccountVotes address={address} /> },
          { id: 'proposals', name: 'Proposals', content: <AccountProposals address={address} /> },
          {
            id: 'statements',
            name: 'Statements',
            content:
              statements.length > 0 ? (
                <ul className="flex flex-col gap-4">
                  {statements.map((statement) => (
                    <li key={statement.id}>
                      <StatementCard statement={statement} by="space" />
                    </li>
                  ))}
                </ul>
              ) : (
                <EmptyState title="No statements">
                  A delegate tells a space what they stand for, on the space’s page of delegates.
                </EmptyState>
              ),
          },
          { id: 'following', name: 'Following', content: <Followed account={account} /> },
          ...(isOwn || aliases.length > 0
            ? [{ id: 'keys', name: 'Keys', content: <LinkedKeys account={account} isOwn={isOwn} /> }]
            : []),
        ]}
      />
    </div>
  )
}
