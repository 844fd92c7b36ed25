'use client'
import type { ExecutionView, ProposalView } from '../../../../../lib/core/views/proposal-view'
import type { SettlementView } from '../../../../../lib/core/views/settlement-view'
import { AddressedText } from '../../../../_components/ui/addressed-text'
import { Notice } from '../../../../_components/ui/notice'
import { Panel } from '../../../../_components/ui/panel'
import { words } from '../../../../_components/words'
import { LookAgain } from './look-again'
import { ModuleSettlement } from './module-settlement'
import { SafeSettlement } from './safe-settlement'
import { SettlementSteps } from './settlement-steps'

const troubles = { conflict: 'warn', failed: 'bad', blocked: 'warn', unregistered: 'bad' } as const

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
  const { state, reason, module, safe } = settlement
  const trouble = state in troubles ? troubles[state as keyof typeof troubles] : null
  return (
    <Panel title="Settlement">
      {module ? (
        <ModuleSettlement proposal={proposal} settlement={settlement} module={module} execution={execution} />
      ) : execution.module && state === 'waiting' ? (
        <>
          <p>Whether the module knows this proposal has not been looked up yet.</p>
          <LookAgain proposal={proposal.id} unasked />
        </>
      ) : trouble ? (
        <>
          <Notice kind={trouble} title={words.settlement[state]}>
            {reason && (
              <p>
                <AddressedText text={reason} plain />
              </p>
            )}
            <LookAgain proposal={proposal.id} />
          </Notice>
          <SettlementSteps steps={settlement.steps} chainId={execution.chainId} />
        </>
      ) : (
        <>
          <p aria-live="polite">
            <AddressedText text={reason ?? words.settlement[state]} plain />
          </p>
          <SettlementSteps steps={settlement.steps} chainId={execution.chainId} />
        </>
      )}
      {safe && (
        <SafeSettlement proposal={proposal} settlement={settlement} safe={safe} execution={execution} />
      )}
    </Panel>
  )
}
