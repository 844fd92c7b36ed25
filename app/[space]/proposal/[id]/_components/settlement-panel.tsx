'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Circle, CircleDot, X } from 'lucide-react'
import type { ExecutionView, ProposalView } from '../../../../../lib/core/views/proposal-view'
import type { SettlementStep, SettlementView } from '../../../../../lib/core/views/settlement-view'
import { api } from '../../../../_components/api'
import { useInstallation } from '../../../../_components/installation'
import { AddressedText } from '../../../../_components/ui/addressed-text'
import { Button } from '../../../../_components/ui/button'
import { CopyButton } from '../../../../_components/ui/copy-button'
import { ErrorNotice } from '../../../../_components/ui/error-notice'
import { ExternalLink } from '../../../../_components/ui/external-link'
import { Notice } from '../../../../_components/ui/notice'
import { Panel } from '../../../../_components/ui/panel'
import { Time } from '../../../../_components/ui/time'
import { words } from '../../../../_components/words'
import { SafeSettlement } from './safe-settlement'

const troubles = { conflict: 'warn', failed: 'bad', blocked: 'warn' } as const

/** Where the execution stands, and the one thing a person can do about it now. */
export function SettlementPanel({
  proposal,
  settlement,
  execution,
}: {
  readonly proposal: ProposalView
  readonly settlement: SettlementView
  readonly execution: ExecutionView
}) {
  const { state, reason } = settlement
  const trouble = state in troubles ? troubles[state as keyof typeof troubles] : null
  return (
    <Panel title="Settlement">
      {trouble ? (
        <Notice kind={trouble} title={words.settlement[state]}>
          {reason && (
            <p>
              <AddressedText text={reason} plain />
            </p>
          )}
          <LookAgain proposal={proposal.id} />
        </Notice>
      ) : (
        <p aria-live="polite">
          <AddressedText text={reason ?? words.settlement[state]} plain />
        </p>
      )}
      <ol className="mt-3 flex flex-col gap-2">
        {settlement.steps.map((step) => (
          <Step key={step.label} step={step} chainId={execution.chainId} />
        ))}
      </ol>
      {settlement.safe && (
        <SafeSettlement
          proposal={proposal}
          settlement={settlement}
          safe={settlement.safe}
          execution={execution}
        />
      )}
    </Panel>
  )
}

/** Asks the server to look at the chain now rather than in its own time. */
function LookAgain({ proposal }: { readonly proposal: string }) {
  const queries = useQueryClient()
  const look = useMutation({
    mutationFn: () => api.refreshSettlement(proposal),
    onSettled: () => queries.invalidateQueries({ queryKey: ['proposal', proposal] }),
  })
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <Button disabled={look.isPending} onClick={() => look.mutate()}>
        {look.isPending ? 'Looking' : 'Look again'}
      </Button>
      {look.isError && <ErrorNotice what="The chain was not looked at." error={look.error} />}
    </div>
  )
}

const marks = {
  done: { icon: Check, look: 'text-for', word: 'done' },
  current: { icon: CircleDot, look: 'text-wait', word: 'now' },
  todo: { icon: Circle, look: 'text-muted', word: 'to come' },
  failed: { icon: X, look: 'text-against', word: 'failed' },
} as const

function Step({ step, chainId }: { readonly step: SettlementStep; readonly chainId: number }) {
  const { icon: Icon, look, word } = marks[step.state]
  const { transactionUrl } = useInstallation()
  const url = step.transactionHash && transactionUrl(chainId, step.transactionHash)
  return (
    <li className="flex gap-2.5" aria-current={step.state === 'current' ? 'step' : undefined}>
      <Icon aria-hidden className={`mt-0.5 size-4.5 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        <p className={step.state === 'todo' ? 'text-muted' : step.state === 'current' ? 'font-medium' : ''}>
          {step.label}
          <span className="sr-only"> ({word})</span>
        </p>
        {(step.at !== null || step.transactionHash) && (
          <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-small">
            {step.at !== null && <Time at={step.at} />}
            {step.transactionHash && (
              <span className="inline-flex items-center">
                {url ? (
                  <ExternalLink href={url}>transaction</ExternalLink>
                ) : (
                  <span className="font-mono">{step.transactionHash.slice(0, 10)}…</span>
                )}
                <CopyButton text={step.transactionHash} label="transaction hash" />
              </span>
            )}
          </p>
        )}
      </div>
    </li>
  )
}
