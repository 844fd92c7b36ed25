'use client'
import Link from 'next/link'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { useInstallation } from '../../../_components/installation'
import { StrategyList } from '../../../_components/space/strategy-list'
import { Address } from '../../../_components/ui/address'
import { ExternalLink } from '../../../_components/ui/external-link'
import { duration } from '../../../_components/ui/format-time'
import { Panel } from '../../../_components/ui/panel'
import { Time } from '../../../_components/ui/time'

/** How a space decides, who is in charge of it, what it owns, and what was changed when. */
export function AboutSpace({ space }: { readonly space: SpaceView }) {
  const { chainName } = useInstallation()
  const { voting } = space
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <div>
        <h1 className="text-title">About {space.name}</h1>
        {space.about && <p className="mt-1">{space.about}</p>}
        {/^https?:\/\//.test(space.website) && (
          <p className="mt-1">
            <ExternalLink href={space.website}>{space.website.replace(/^https?:\/\/|\/$/g, '')}</ExternalLink>
          </p>
        )}
      </div>
      <Panel title="Where votes come from">
        <StrategyList strategies={space.strategies} />
      </Panel>
      <Panel title="How it decides">
        <dl className="grid gap-x-6 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-y-2 max-sm:[&>dd]:mb-2.5 [&>dt]:text-muted">
          <dt>Voting system</dt>
          <dd>{voting.type ?? 'chosen by each proposal'}</dd>
          <dt>Quorum</dt>
          <dd>
            {voting.quorum
              ? `${voting.quorum.toLocaleString('en')} ${space.symbol || 'votes'}${voting.quorumType === 'rejection' ? ' against stop a proposal' : voting.hideAbstain ? ', Abstain left out' : ''}`
              : 'none'}
          </dd>
          <dt>Delay</dt>
          <dd>{voting.delay ? duration(voting.delay) : 'none'}</dd>
          <dt>Period</dt>
          <dd>{voting.period ? duration(voting.period) : 'chosen by each proposal'}</dd>
        </dl>
      </Panel>
      <Panel title="Treasuries">
        {space.treasuries.length === 0 && (
          <p className="text-muted">None: proposals carry no transactions.</p>
        )}
        <ul className="flex flex-col gap-1.5">
          {space.treasuries.map((treasury) => (
            <li
              key={`${treasury.network}${treasury.address}`}
              className="flex flex-wrap items-center gap-x-2"
            >
              <span className="min-w-0 break-words font-medium">{treasury.name}</span>
              <Address address={treasury.address} />
              <span className="text-muted">on {chainName(Number(treasury.network))}</span>
            </li>
          ))}
        </ul>
        {space.treasuries.length > 0 && (
          <p className="mt-2">
            <Link href={`/${space.id}/treasury`} className="link inline-flex min-h-6 items-center">
              Who can move them
            </Link>
          </p>
        )}
      </Panel>
      <Panel title="People">
        <dl className="grid gap-x-6 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-y-2 max-sm:[&>dd]:mb-2.5 [&>dt]:text-muted">
          <dt>Controller</dt>
          <dd>
            <Address address={space.controller} person />
          </dd>
          <People name="Admins" addresses={space.admins} />
          <People name="Moderators" addresses={space.moderators} />
          <People name="Members" addresses={space.members} />
        </dl>
      </Panel>
      <Panel title="Changes to the settings">
        <ul className="flex flex-col gap-2">
          {space.history.map((entry) => (
            <li key={entry.id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Address address={entry.by} copy={false} person />
              <span className="min-w-0 break-words">changed {entry.changed.join(', ') || 'nothing'}</span>
              <span className="text-muted">
                <Time at={entry.at} />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function People({ name, addresses }: { readonly name: string; readonly addresses: readonly string[] }) {
  if (addresses.length === 0) return null
  return (
    <>
      <dt>{name}</dt>
      <dd className="flex flex-wrap gap-x-4 gap-y-1">
        {addresses.map((address) => (
          <Address key={address} address={address} person />
        ))}
      </dd>
    </>
  )
}
