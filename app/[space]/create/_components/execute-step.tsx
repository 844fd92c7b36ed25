'use client'
import { Plus } from 'lucide-react'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { useInstallation } from '../../../_components/installation'
import { useRemovalFocus } from '../../../_components/space/forms/use-removal-focus'
import { Address } from '../../../_components/ui/address'
import { Button } from '../../../_components/ui/button'
import { Field, Select } from '../../../_components/ui/field'
import { type BuiltCall, type CallDraft, type CallKind, emptyCall } from './call-draft'
import { CallForm } from './call-form'
import type { ProposalDraft } from './draft'
import { ExecutorChoice } from './executor-choice'
import { Step } from './step'
import type { useExecutor } from './use-executor'

type Treasury = SpaceView['treasuries'][number]

const kinds: readonly (readonly [CallKind, string])[] = [
  ['native', 'Send coins'],
  ['token', 'Send tokens'],
  ['contract', 'Call a contract'],
]

export function ExecuteStep({
  draft,
  change,
  treasuries,
  treasury,
  built,
  space,
  execution,
}: {
  readonly draft: ProposalDraft
  readonly change: (part: Partial<ProposalDraft>) => void
  readonly treasuries: readonly Treasury[]
  readonly treasury: Treasury | null
  readonly built: readonly BuiltCall[]
  readonly space: string
  readonly execution: ReturnType<typeof useExecutor>
}) {
  const { chainName, coin } = useInstallation()
  const { list, focusAfter } = useRemovalFocus<HTMLDivElement>()
  if (!treasury) {
    return (
      <Step id="execute" title="Execute">
        <p className="text-muted">
          This space has no treasury that this server can read, so its proposals carry no transactions. An
          admin can add a Safe in the settings.
        </p>
      </Step>
    )
  }
  const chainId = Number(treasury.network)
  const set = (index: number, call: CallDraft) => change({ calls: draft.calls.with(index, call) })
  return (
    <Step id="execute" title="Execute">
      <p className="text-muted">
        Optional: transactions that the Safe makes if the proposal passes, in this order, all or none. Nobody
        can change them once the proposal is published.
      </p>
      {treasuries.length > 1 ? (
        <Field label="From">
          <Select
            value={Math.max(0, treasuries.indexOf(treasury))}
            onChange={(event) => change({ treasury: Number(event.target.value) })}
          >
            {treasuries.map((option, index) => (
              <option key={`${option.network}${option.address}`} value={index}>
                {option.name} on {chainName(Number(option.network))}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <p className="flex flex-wrap items-center gap-x-1.5">
          <span>From {treasury.name}</span>
          <Address address={treasury.address} />
          <span>on {chainName(chainId)}</span>
        </p>
      )}
      <ExecutorChoice space={space} {...execution} onChange={(executor) => change({ executor })} />
      <div ref={list} data-list className="flex flex-col gap-4">
        {draft.calls.length > 0 && (
          <ol className="flex flex-col gap-3">
            {draft.calls.map((call, index) => (
              <li key={call.key}>
                <CallForm
                  number={index + 1}
                  call={call}
                  built={built[index]}
                  safe={treasury.address}
                  chainId={chainId}
                  onChange={(next) => set(index, next)}
                  onRemove={() => {
                    change({ calls: draft.calls.toSpliced(index, 1) })
                    focusAfter(index)
                  }}
                />
              </li>
            ))}
          </ol>
        )}
        <div className="flex flex-wrap gap-2">
          {kinds.map(([kind, name]) => (
            <Button
              key={kind}
              data-add
              onClick={() => change({ calls: [...draft.calls, emptyCall(kind)] })}
              disabled={draft.calls.length >= 64}
            >
              <Plus aria-hidden className="size-4" />
              {kind === 'native' ? `Send ${coin(chainId)}` : name}
            </Button>
          ))}
        </div>
      </div>
    </Step>
  )
}
