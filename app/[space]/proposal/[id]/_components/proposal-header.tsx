'use client'
import { EyeOff } from 'lucide-react'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { ImportedBadge } from '../../../../_components/proposal/imported-badge'
import { StateBadge } from '../../../../_components/proposal/state-badge'
import { Address } from '../../../../_components/ui/address'
import { ExternalLink } from '../../../../_components/ui/external-link'
import { Notice } from '../../../../_components/ui/notice'
import { Time } from '../../../../_components/ui/time'
import { hiddenWords } from './hidden-words'
import { takesBallots } from './takes-ballots'

const wordsPerMinute = 220

export function ProposalHeader({ proposal }: { readonly proposal: ProposalView }) {
  const minutes = Math.max(1, Math.round(proposal.body.split(/\s+/).length / wordsPerMinute))
  const { state, hidden } = proposal
  const isTakenBack = hidden !== null && hidden.at <= proposal.end && !takesBallots(proposal)
  return (
    <header>
      <p className="flex flex-wrap items-center gap-x-2">
        {isTakenBack ? (
          <span className="inline-flex items-center gap-1.5 font-medium text-muted">
            <EyeOff aria-hidden className="size-4" />
            {hiddenWords(proposal)}
          </span>
        ) : (
          <StateBadge state={state} />
        )}
        {proposal.origin && <ImportedBadge origin={proposal.origin} />}
        {!isTakenBack && (
          <span className="text-muted">
            {state === 'pending' ? 'starts ' : state === 'active' ? 'ends ' : 'ended '}
            <Time
              at={state === 'pending' ? proposal.start : proposal.end}
              form="both"
              known={state === 'pending' || state === 'active' ? 'ahead' : 'past'}
            />
          </span>
        )}
      </p>
      <h1 dir="auto" tabIndex={-1} className="mt-1.5 break-words text-title">
        {proposal.title}
      </h1>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
        <span>by</span>
        <Address address={proposal.author} person />
        <span aria-hidden>·</span>
        <Time at={proposal.createdAt} />
        {proposal.updatedAt !== null && (
          <span>
            (edited <Time at={proposal.updatedAt} />)
          </span>
        )}
        <span aria-hidden>·</span>
        <span>{minutes} min read</span>
        {/^https?:\/\//.test(proposal.discussion) && (
          <>
            <span aria-hidden>·</span>
            <ExternalLink href={proposal.discussion}>Discussion</ExternalLink>
          </>
        )}
      </p>
      {hidden && (
        <Notice kind="warn" title="Hidden from lists" className="mt-4">
          <p>
            Withdrawn or hidden by <Address address={hidden.by} person /> <Time at={hidden.at} />. What was
            voted stays in the log.
          </p>
        </Notice>
      )}
    </header>
  )
}
