'use client'
import { useMemo } from 'react'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { useInstallation } from '../../../_components/installation'
import { Button } from '../../../_components/ui/button'
import { Overlay } from '../../../_components/ui/overlay'
import { useNow } from '../../../_components/ui/use-now'
import { buildCall } from './call-draft'
import { checklist } from './checklist'
import { ChecklistPanel } from './checklist-panel'
import { DecideStep } from './decide-step'
import { draftChoices, draftPeriod, emptyDraft } from './draft'
import { ExecuteStep } from './execute-step'
import { moduleOf } from './executor-options'
import { useExecutor } from './use-executor'
import { useMayPropose } from './use-may-propose'
import { useStoredDraft } from './use-stored-draft'
import { WriteStep } from './write-step'

/** A proposal from the first word to the signature, on one page: write, decide, execute. */
export function ProposalEditor({ space }: { readonly space: SpaceView }) {
  const { demo, chains } = useInstallation()
  const empty = useMemo(
    () => emptyDraft(space.voting.type ?? 'basic', demo ? 120 : 259_200),
    [space.voting.type, demo],
  )
  const { draft: typed, keeping, change, discard } = useStoredDraft(space.id, empty)
  const now = useNow(10)
  const forbidden = useMayPropose(space)

  const treasuries = useMemo(
    () => space.treasuries.filter(({ network }) => chains.some(({ id }) => String(id) === network)),
    [space.treasuries, chains],
  )
  const treasury = treasuries[typed.treasury] ?? treasuries[0] ?? null
  const built = useMemo(
    () => (treasury ? typed.calls.map((call) => buildCall(call, treasury.address)) : []),
    [typed.calls, treasury],
  )
  const execution = useExecutor(space.id, treasury, typed.executor)
  const module = built.length > 0 ? moduleOf(execution.chosen) : null
  // A tally module counts basic votes alone; what was typed comes back with another executor.
  const draft = module ? { ...typed, type: 'basic' } : typed
  const choices = draftChoices(draft)
  const { start, end } = draftPeriod(draft, space.voting, now)
  const checks = checklist(draft, { choices, start, end, now, built, executor: execution.chosen, forbidden })

  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="flex min-w-0 flex-col gap-8">
        <header className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h1 className="text-title">New proposal</h1>
          <p className="flex items-center gap-3 text-muted text-small" aria-live="polite">
            {keeping === 'kept' && 'Draft kept in this browser'}
            {keeping === 'refused' && 'This browser does not keep drafts'}
            {keeping === 'kept' && <StartOver onConfirm={discard} />}
          </p>
        </header>
        <WriteStep draft={draft} change={change} />
        <DecideStep
          draft={draft}
          change={change}
          space={space}
          choices={choices}
          start={start}
          end={end}
          module={module}
        />
        <ExecuteStep
          draft={draft}
          change={change}
          treasuries={treasuries}
          treasury={treasury}
          built={built}
          space={space.id}
          execution={execution}
        />
      </div>
      <ChecklistPanel
        space={space}
        draft={draft}
        checks={checks}
        choices={choices}
        treasury={treasury}
        module={module}
        built={built}
        onPublished={discard}
      />
    </div>
  )
}

function StartOver({ onConfirm }: { readonly onConfirm: () => void }) {
  return (
    <Overlay
      title="Throw this draft away?"
      trigger={
        <button type="button" className="link min-h-6">
          Start over
        </button>
      }
    >
      <p>Everything typed here will be gone, in this browser and everywhere.</p>
      <Button look="danger" className="mt-4" onClick={onConfirm}>
        Throw it away
      </Button>
    </Overlay>
  )
}
