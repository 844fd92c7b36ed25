'use client'
import { useMemo } from 'react'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { useInstallation } from '../../../_components/installation'
import { DraftState } from '../../../_components/space/forms/draft-state'
import { useNow } from '../../../_components/ui/use-now'
import { words } from '../../../_components/words'
import { useWallet } from '../../../_wallet/use-wallet'
import { buildCall } from './call-draft'
import { checklist } from './checklist'
import { ChecklistPanel } from './checklist-panel'
import { DecideStep } from './decide-step'
import { draftChoices, draftPeriod, emptyDraft } from './draft'
import { ExecuteStep } from './execute-step'
import { moduleOf } from './executor-options'
import { SigningPreview } from './signing-preview'
import { useExecutor } from './use-executor'
import { useMayPropose } from './use-may-propose'
import { usePublishProposal } from './use-publish-proposal'
import { useShortfalls } from './use-shortfalls'
import { useStoredDraft } from './use-stored-draft'
import { WriteStep } from './write-step'

/** A proposal from the first word to the signature, on one page: write, decide, execute. */
export function ProposalEditor({ space }: { readonly space: SpaceView }) {
  const { address } = useWallet()
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
  const shortfalls = useShortfalls(treasury, built)
  const checks = checklist(draft, {
    ...{ choices, start, end, now, built, shortfalls, forbidden },
    executor: execution.chosen,
  })
  const { publishing, preparation, publish } = usePublishProposal({
    ...{ space, draft, choices, treasury, module, built },
    onPublished: discard,
  })

  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="flex min-w-0 flex-col gap-8">
        <header className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h1 className="text-title">New proposal</h1>
          <DraftState keeping={keeping} onDiscard={discard} />
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
        title="Ready to publish"
        checks={checks}
        preparation={preparation}
        publishing={publishing}
        what="Your proposal"
        signLabel={words.signAndPublish}
        onSign={publish}
        note="Signing is free. You can withdraw the proposal until its vote ends."
      >
        {address && (
          <SigningPreview
            space={space}
            draft={draft}
            choices={choices}
            from={address}
            module={module}
            built={built}
          />
        )}
      </ChecklistPanel>
    </div>
  )
}
