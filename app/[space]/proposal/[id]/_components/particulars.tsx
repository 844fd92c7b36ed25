'use client'
import Link from 'next/link'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { findVotingSystem } from '../../../../../lib/core/voting/registry'
import { useInstallation } from '../../../../_components/installation'
import { StrategyList } from '../../../../_components/space/strategy-list'
import { Address } from '../../../../_components/ui/address'
import { CopyButton } from '../../../../_components/ui/copy-button'
import { Panel } from '../../../../_components/ui/panel'
import { Time } from '../../../../_components/ui/time'
import { ProposalActions } from './proposal-actions'

/** What was frozen when the proposal was made, and where it is recorded. */
export function Particulars({ proposal }: { readonly proposal: ProposalView }) {
  const { chainName } = useInstallation()
  const system = findVotingSystem(proposal.type)
  return (
    <Panel title="Particulars">
      <dl className="grid gap-x-6 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-y-2.5 [&>dd]:min-w-0 max-sm:[&>dd]:mb-2.5 [&>dt]:text-muted">
        <dt>Voting</dt>
        <dd>
          {system ? `${system.label}. ${system.description}` : `${proposal.type}, which is not known here`}
        </dd>
        <dt>Period</dt>
        <dd>
          <Time at={proposal.start} form="local" /> to <Time at={proposal.end} form="local" />
        </dd>
        <dt>Votes come from</dt>
        <dd>
          <StrategyList strategies={proposal.strategies} />
        </dd>
        <dt>Read at block</dt>
        <dd>
          {Number(proposal.snapshot.block).toLocaleString('en')} of {chainName(proposal.snapshot.chainId)},{' '}
          <Time at={proposal.snapshot.timestamp} form="local" />
        </dd>
        {proposal.execution && (
          <>
            <dt>Executed by</dt>
            <dd>
              {proposal.execution.module ? (
                <span className="flex flex-wrap items-center gap-x-1.5">
                  the tally module <Address address={proposal.execution.module} /> once it has checked every
                  ballot; nobody has to sign
                </span>
              ) : (
                'the Safe’s owners, who confirm the calls'
              )}
            </dd>
          </>
        )}
        <dt>In the log</dt>
        <dd>
          <Link href={`/verify/${proposal.origin?.message ?? proposal.id}`} className="link">
            #{proposal.logIndex}
          </Link>{' '}
          ·{' '}
          <Link href={`/${proposal.space}/trail?proposal=${proposal.id}`} className="link">
            Audit trail of this proposal
          </Link>
        </dd>
        <dt>Proposal id</dt>
        <dd className="flex items-center">
          <span className="truncate font-mono">{proposal.id}</span>
          <CopyButton text={proposal.id} label="proposal id" />
        </dd>
        <dt>Content address</dt>
        <dd className="flex items-center">
          <span className="truncate font-mono">{proposal.ipfs}</span>
          <CopyButton text={proposal.ipfs} label="content address" />
        </dd>
      </dl>
      <ProposalActions proposal={proposal} />
    </Panel>
  )
}
