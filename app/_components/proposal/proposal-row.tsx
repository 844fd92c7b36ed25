'use client'
import { Check, TriangleAlert, Zap } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import type { ProposalSummary } from '../../../lib/core/views/proposal-view'
import { Bar } from '../ui/bar'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { compactAmount, percent, permille } from '../ui/format-amount'
import { Time } from '../ui/time'
import { words } from '../words'
import { choiceColour } from './choice-colour'
import { ImportedBadge } from './imported-badge'
import { resultWhole } from './result-whole'
import { StateBadge } from './state-badge'

/** A proposal in a list: state in words, title, the result at a glance, whether the reader has voted, when. */
export function ProposalRow({ proposal }: { readonly proposal: ProposalSummary }) {
  const [shown, setShown] = useState(false)
  const title = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (shown) title.current?.focus()
  }, [shown])
  const { state, quorum, ownVote } = proposal
  const when = (
    <span>
      {state === 'pending' ? 'starts ' : state === 'active' ? 'ends ' : 'ended '}
      <Time
        at={state === 'pending' ? proposal.start : proposal.end}
        known={state === 'pending' || state === 'active' ? 'ahead' : 'past'}
        quiet
      />
    </span>
  )
  const execution = executionInWords(proposal)
  if (proposal.flagged && !shown) {
    return (
      <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3.5">
        <h2 className="flex min-w-0 items-center gap-2 text-warn">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {words.flagged[proposal.flagged.as]}
        </h2>
        <span className="text-muted text-small">{when}</span>
        <Button className="ml-auto" onClick={() => setShown(true)}>
          Show its title
        </Button>
      </li>
    )
  }
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-2 px-4 py-3.5 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_13rem]">
      <div className="min-w-0">
        <h2 dir="auto" className="font-medium">
          <Link
            ref={title}
            href={`/${proposal.space}/proposal/${proposal.id}`}
            className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            {proposal.title}
          </Link>
        </h2>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-muted text-small">
          <StateBadge state={state} />
          {proposal.origin && <ImportedBadge origin={proposal.origin} />}
          {proposal.flagged && <span className="font-medium text-warn">Flagged</span>}
          {when}
          {execution && (
            <span
              className={classNames(
                'inline-flex items-center gap-1',
                proposal.settlementState === 'unregistered' && 'text-against',
              )}
            >
              <Zap aria-hidden className="size-3.5" />
              {execution}
            </span>
          )}
          {ownVote && (
            <span className="inline-flex min-w-0 max-w-full items-center gap-1 text-ink">
              <Check aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">
                You voted <bdi>{ownVote.choiceText}</bdi>
              </span>
            </span>
          )}
        </p>
      </div>
      {state !== 'pending' && <Glance proposal={proposal} quorumMet={quorum?.met} />}
    </li>
  )
}

/** What the batch is waiting for; null when there is none, or nothing is left to say. */
function executionInWords({ hasExecution, state, settlementState }: ProposalSummary): string | null {
  if (!hasExecution) return null
  const open = state === 'pending' || state === 'active' || state === 'closing'
  if (settlementState === 'unregistered' && (open || state === 'passed'))
    return 'Not registered: cannot be executed'
  if (open) return 'Executes from the Safe'
  if (settlementState === 'settling') return 'Being checked on chain'
  if (state !== 'passed') return null
  if (settlementState === 'ready') return 'Ready to execute'
  if (settlementState === 'queued') return 'Confirmed, next in the Safe’s order'
  if (settlementState === 'refused') return 'Will not be executed'
  if (settlementState === null || settlementState === 'waiting') return 'Execution is being prepared'
  if (settlementState === 'conflict' || settlementState === 'failed' || settlementState === 'blocked')
    return 'Execution needs attention'
  return 'Waiting for the Safe’s owners'
}

function Glance({
  proposal,
  quorumMet,
}: {
  readonly proposal: ProposalSummary
  readonly quorumMet: boolean | undefined
}) {
  const scores = proposal.scores.map(BigInt)
  const whole = resultWhole(proposal)
  const best = scores.reduce((leader, score, index) => (score > (scores[leader] ?? 0n) ? index : leader), 0)
  const count = `${proposal.votes.toLocaleString('en')} ${proposal.votes === 1 ? 'vote' : 'votes'}`
  return (
    <div className="flex flex-col justify-center gap-1.5 text-small">
      {whole === 0n ? (
        <span className="text-muted">No votes yet</span>
      ) : (
        <>
          <span className="flex justify-between gap-2">
            <span className="flex min-w-0 gap-1.5">
              <bdi className="truncate">{proposal.choices[best]}</bdi>
              <span className="tabular-nums">{percent(scores[best] ?? 0n, whole)}</span>
            </span>
            <span className="whitespace-nowrap text-muted tabular-nums">
              {compactAmount(BigInt(proposal.scoresTotal))} {proposal.symbol}
            </span>
          </span>
          <Bar
            thin
            permille={permille(scores[best] ?? 0n, whole)}
            colour={choiceColour(proposal.type, best)}
          />
        </>
      )}
      <span className="text-muted">
        {count}
        {quorumMet !== undefined && ` · ${quorumMet ? 'quorum reached' : 'quorum not reached'}`}
        {proposal.pendingVotes > 0 && ` · ${proposal.pendingVotes} waiting for power`}
      </span>
    </div>
  )
}
