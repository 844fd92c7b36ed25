'use client'
import { useMemo } from 'react'
import { executionHash } from '../../../../../lib/core/settlement/batch'
import type { ExecutionView, ProposalState } from '../../../../../lib/core/views/proposal-view'
import { useInstallation } from '../../../../_components/installation'
import { Calls, RawCalls } from '../../../../_components/proposal/calls'
import { Address } from '../../../../_components/ui/address'
import { CopyButton } from '../../../../_components/ui/copy-button'
import { Notice } from '../../../../_components/ui/notice'
import { Panel } from '../../../../_components/ui/panel'
import { Tabs } from '../../../../_components/ui/tabs'

const titles: Partial<Record<ProposalState, string>> = {
  executed: 'What was executed',
  rejected: 'What would have been executed',
  'quorum-missed': 'What would have been executed',
}

/** The calls that are made if the proposal passes, in words and raw; their hash is checked in this browser. */
export function ExecutionPanel({
  execution,
  state,
}: {
  readonly execution: ExecutionView
  readonly state: ProposalState
}) {
  const { chainName, coin } = useInstallation()
  const genuine = useMemo(() => hashOf(execution) === execution.hash, [execution])
  return (
    <Panel title={titles[state] ?? 'What will be executed'}>
      <p className="mb-2 flex flex-wrap items-center gap-x-1.5 text-muted">
        <span>
          {['passed', 'executed', 'rejected', 'quorum-missed'].includes(state)
            ? 'From'
            : 'If this passes, from'}{' '}
          {execution.safeName ? `${execution.safeName},` : 'the Safe'}
        </span>
        <Address address={execution.safe} />
        <span>
          on {chainName(execution.chainId)}
          {execution.module && ', through its tally module'}, all or nothing:
        </span>
      </p>
      {!genuine && (
        <Notice kind="bad" title="These are not the calls that were proposed" className="mb-3">
          <p>
            Their hash differs from the one in the signed proposal. Do not vote on the strength of this list.
          </p>
        </Notice>
      )}
      <Tabs
        label="Ways to read the calls"
        tabs={[
          { id: 'effects', name: 'Effects', content: <Calls calls={execution.calls} /> },
          {
            id: 'raw',
            name: 'Raw',
            content: <RawCalls calls={execution.calls} coin={coin(execution.chainId)} />,
          },
        ]}
      />
      <p className="mt-4 flex items-center gap-1 border-t pt-3 text-muted text-small">
        <span className="shrink-0">Batch</span>
        <span className="min-w-0 truncate font-mono">{execution.hash}</span>
        <CopyButton text={execution.hash} label="hash of the batch" />
        {genuine && <span className="ml-auto shrink-0 text-for">matches the signed proposal</span>}
      </p>
    </Panel>
  )
}

function hashOf({ chainId, safe, module, calls }: ExecutionView): string | null {
  try {
    return executionHash({
      chainId,
      verifyingContract: module ?? safe,
      calls: calls.map(({ to, value, data, operation }) => ({ to, value: BigInt(value), data, operation })),
    })
  } catch {
    return null
  }
}
