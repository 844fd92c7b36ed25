'use client'
import { ShieldCheck } from 'lucide-react'
import Link from 'next/link'
import { describeRule } from '../../../../../lib/core/proposal/describe-rule'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { ResultBars } from '../../../../_components/proposal/result-bars'
import { Amount } from '../../../../_components/ui/amount'
import { Bar } from '../../../../_components/ui/bar'
import { Button } from '../../../../_components/ui/button'
import { permille } from '../../../../_components/ui/format-amount'
import { Panel } from '../../../../_components/ui/panel'
import { useHydrated } from '../../../../_components/ui/use-hydrated'
import { words } from '../../../../_components/words'

/** The result in words and bars, the quorum, and the rule that decides. */
export function ResultPanel({
  proposal,
  onVerify,
}: {
  readonly proposal: ProposalView
  readonly onVerify: () => void
}) {
  const hydrated = useHydrated()
  const { outcome, quorum, rule, symbol } = proposal
  const uncountable = proposal.settlement?.module?.uncountable ?? 0
  return (
    <Panel
      title={outcome ? 'Result' : 'Result so far'}
      aside={
        <span className="text-muted text-small">
          {proposal.votes.toLocaleString('en')} {proposal.votes === 1 ? 'vote' : 'votes'}
        </span>
      }
    >
      {outcome && <p className="mb-1 font-medium">{outcome.text}</p>}
      <ResultBars proposal={proposal} />
      {proposal.type === 'ranked-choice' && (
        <p className="text-muted text-small">Scores of the last round, after weaker options were removed.</p>
      )}
      {quorum && <Quorum quorum={quorum} symbol={symbol} rejection={rule.data.kind === 'rejection'} />}
      {proposal.pendingVotes > 0 && (
        <p className="mt-2 text-small text-wait">
          {proposal.pendingVotes === 1 ? '1 accepted vote is' : `${proposal.pendingVotes} accepted votes are`}{' '}
          not in these figures yet: the power is still to be read.
        </p>
      )}
      {!outcome && proposal.dependsOnOthers && (
        <p className="mt-2 text-muted text-small">
          Delegated power is taken back by those who vote themselves: until the end, these totals may still
          move.
        </p>
      )}
      {uncountable > 0 && (
        <p className="mt-2 text-small text-warn">
          {uncountable === 1
            ? '1 ballot that a contract wallet or an alias signed is'
            : `${uncountable} ballots that contract wallets or aliases signed are`}{' '}
          not in these figures: the module counts what voters signed with their own keys.
        </p>
      )}
      <p className="mt-3 border-t pt-3 text-small">
        <span className="text-muted">Rule: </span>
        {describeRule(rule.data, proposal, proposal.type)}
        {proposal.execution?.module && (
          <>
            {' '}
            <span className="text-muted">Read from the module’s</span>{' '}
            <Link href={`/${proposal.space}/treasury`} className="link">
              config
            </Link>
            .
          </>
        )}
      </p>
      {outcome && proposal.bundle && (
        <Button className="mt-3 w-full" disabled={!hydrated} onClick={onVerify}>
          <ShieldCheck aria-hidden className="size-4" />
          {words.verifyResult}
        </Button>
      )}
      {outcome && proposal.verification?.ok === false && (
        <p className="mt-2 text-against text-small">This server’s own audit of this result failed.</p>
      )}
    </Panel>
  )
}

function Quorum({
  quorum,
  symbol,
  rejection,
}: {
  readonly quorum: NonNullable<ProposalView['quorum']>
  readonly symbol: string
  readonly rejection: boolean
}) {
  const state = rejection
    ? quorum.met
      ? 'over the limit'
      : 'within the limit'
    : quorum.met
      ? 'reached'
      : 'not reached yet'
  return (
    <div className="mt-2">
      <p className="flex flex-wrap justify-between gap-x-3 text-small">
        <span>
          {rejection ? 'Against' : 'Quorum'}: <span className="font-medium">{state}</span>
        </span>
        <span className="text-muted">
          <Amount value={quorum.counted} compact /> of{' '}
          <Amount value={quorum.required} compact symbol={symbol} />
        </span>
      </p>
      <div className="mt-1">
        <Bar
          thin
          permille={permille(BigInt(quorum.counted), BigInt(quorum.required))}
          colour="bg-neutral-10"
        />
      </div>
    </div>
  )
}
