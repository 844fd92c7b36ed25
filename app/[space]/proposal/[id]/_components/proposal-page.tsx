'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import type { SettlementView } from '../../../../../lib/core/views/settlement-view'
import { api } from '../../../../_components/api'
import { useRememberLog } from '../../../../_components/record/use-remember-log'
import { classNames } from '../../../../_components/ui/class-names'
import { ErrorNotice } from '../../../../_components/ui/error-notice'
import { Markdown } from '../../../../_components/ui/markdown'
import { useToast } from '../../../../_components/ui/toast'
import { words } from '../../../../_components/words'
import { useWallet } from '../../../../_wallet/use-wallet'
import { Ballots } from './ballots'
import { DecisionBar } from './decision-bar'
import { DecisionPanel } from './decision-panel'
import { ExecutionPanel } from './execution-panel'
import { FlaggedCover } from './flagged-cover'
import { OriginPanel } from './origin-panel'
import { Particulars } from './particulars'
import { ProposalHeader } from './proposal-header'
import { ResultPanel } from './result-panel'
import { SettlementPanel } from './settlement-panel'
import { takesBallots } from './takes-ballots'
import { useVote } from './use-vote'
import { VerificationPanel } from './verification/verification-panel'

/** One proposal: read it, decide, follow it up. Renewed every two seconds while anything can change. */
export function ProposalPage({ initial }: { readonly initial: ProposalView }) {
  const { address } = useWallet()
  const queries = useQueryClient()
  const toast = useToast()
  const query = useQuery({
    queryKey: ['proposal', initial.id, address],
    queryFn: () => api.proposal(initial.id, address ? { voter: address } : {}),
    placeholderData: (previous) => previous ?? initial,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => refreshInterval(data ?? initial),
  })
  const proposal = query.data ?? initial
  const vote = useVote(proposal, () => {
    queries.invalidateQueries({ queryKey: ['proposal', proposal.id] })
    queries.invalidateQueries({ queryKey: ['ballots', proposal.id] })
  })
  const [verifications, setVerifications] = useState(0)
  useRememberLog()
  const over = proposal.outcome !== null
  const { state } = proposal

  const wasOpen = useRef(!over)
  useEffect(() => {
    if (over && wasOpen.current) toast(`The vote has closed: ${words.states[state].toLowerCase()}.`)
    wasOpen.current = !over
  }, [over, state, toast])

  // The key keeps an open dialog when the panel moves, as it does when the vote closes.
  const settlement = proposal.settlement && proposal.execution && (
    <SettlementPanel
      key="settlement"
      proposal={proposal}
      settlement={proposal.settlement}
      execution={proposal.execution}
    />
  )
  const result = state !== 'pending' && (
    <ResultPanel proposal={proposal} onVerify={() => setVerifications(verifications + 1)} />
  )
  const actionable = proposal.settlement && needsPeople(proposal.settlement, over)

  return (
    <FlaggedCover flagged={proposal.flagged}>
      <article className="grid grid-cols-1 gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_auto_1fr]">
        <div className="min-w-0 lg:col-span-2">
          <ProposalHeader proposal={proposal} />
          {query.isError && (
            <div className="mt-4">
              <ErrorNotice
                what="This page could not be renewed."
                error={query.error}
                onRetry={() => query.refetch()}
              />
            </div>
          )}
          <DecisionBar proposal={proposal} vote={vote} />
        </div>
        <div className={classNames('flex min-w-0 flex-col gap-6', over && 'max-lg:order-2')}>
          {proposal.body ? (
            <Markdown text={proposal.body} />
          ) : (
            <p className="text-muted">This proposal has no text.</p>
          )}
          {proposal.execution && <ExecutionPanel execution={proposal.execution} state={state} />}
        </div>
        <aside
          aria-label="Decision"
          className={classNames(
            'flex min-w-0 flex-col gap-4 lg:sticky lg:top-20 lg:col-start-2 lg:row-span-2 lg:row-start-2 lg:self-start',
            'lg:max-h-[calc(100dvh-8rem)] lg:overflow-y-auto lg:[scrollbar-width:thin]',
            over && 'max-lg:order-1',
          )}
        >
          {actionable && settlement}
          {over && result}
          {(!over || proposal.ownVote) && (
            <div className={state === 'active' && takesBallots(proposal) ? 'max-lg:hidden' : ''}>
              <DecisionPanel proposal={proposal} vote={vote} />
            </div>
          )}
          {!over && result}
          {!actionable && settlement}
        </aside>
        <div className={classNames('flex min-w-0 flex-col gap-6', over && 'max-lg:order-3')}>
          {proposal.origin && <OriginPanel origin={proposal.origin} />}
          {over && !proposal.origin && <VerificationPanel proposal={proposal} asked={verifications} />}
          {state !== 'pending' && <Ballots proposal={proposal} />}
          <Particulars proposal={proposal} />
        </div>
      </article>
    </FlaggedCover>
  )
}

/** Whether the settlement stands first: somebody has to do something, or it has gone wrong. */
function needsPeople({ state, next, module }: SettlementView, over: boolean): boolean {
  if (['unregistered', 'confirming', 'ready', 'conflict', 'failed', 'blocked'].includes(state)) return true
  return over && module !== null && (next !== null || ['paused', 'vetoed'].includes(module.state))
}

/** Milliseconds until this proposal may look different; false when nothing will change any more. */
function refreshInterval({
  state,
  settlement,
  origin,
  start,
  bundle,
  verification,
  finalizedAt,
}: ProposalView): number | false {
  const now = Date.now() / 1000
  if (state === 'active' || state === 'closing') return 2000
  if (state === 'pending') return start - now < 120 ? 2000 : 30_000
  if (origin) return false
  // The bundle follows the result within moments, its first audit the bundle; later ones come at night.
  if ((!bundle || !verification) && now - (finalizedAt ?? 0) < 600) return 4000
  // The chain may have said so just after the proposal's own state was read.
  if (!settlement || (settlement.state === 'executed' && state === 'executed')) return false
  if (settlement.state !== 'refused') return 4000
  // Somebody may ask for the tally of a vote that did not pass, or has.
  const isOpen = ['awaiting-tally', 'committed', 'proven'].includes(settlement.module?.state ?? '')
  return isOpen ? 4000 : false
}
