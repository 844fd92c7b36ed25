'use client'
import Link from 'next/link'
import { useState } from 'react'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { Time } from '../../../_components/ui/time'
import { useNow } from '../../../_components/ui/use-now'
import { useWallet } from '../../../_wallet/use-wallet'
import { editChecklist } from './checklist'
import { ChecklistPanel } from './checklist-panel'
import { DecideStep } from './decide-step'
import { draftChoices, draftOf } from './draft'
import { editObstacle } from './edit-obstacle'
import { MessageFields } from './message-fields'
import { Step } from './step'
import { usePublishEdit } from './use-publish-edit'
import { WriteStep } from './write-step'

/** A new text for a proposal that has not started; its times, block and execution stay. */
export function EditProposal({
  space,
  proposal,
}: {
  readonly space: SpaceView
  readonly proposal: ProposalView
}) {
  const { address } = useWallet()
  const now = useNow(1)
  const [former] = useState(() => draftOf(proposal, space.voting.type))
  const [draft, setDraft] = useState(former)
  const isChanged = draft.type !== proposal.type || JSON.stringify(draft) !== JSON.stringify(former)
  // Basic voting that was proposed elsewhere may name its options in other words: they stay.
  const staysBasic = draft.type === 'basic' && proposal.type === 'basic'
  const choices = staysBasic ? proposal.choices : draftChoices(draft)
  const { text, publishing, publish } = usePublishEdit(proposal, draft, choices)
  const own =
    address === null
      ? 'Connect its author’s wallet.'
      : address === proposal.author
        ? null
        : 'Only its author may edit it.'
  const checks = editChecklist(draft, { choices, isChanged, forbidden: editObstacle(proposal, now) ?? own })
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="flex min-w-0 flex-col gap-8">
        <header className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h1 className="text-title">Edit proposal</h1>
          <Link
            href={`/${space.id}/proposal/${proposal.id}`}
            className="link inline-flex min-h-6 items-center"
          >
            Back to the proposal
          </Link>
        </header>
        <WriteStep draft={draft} change={(part) => setDraft({ ...draft, ...part })} />
        <DecideStep
          draft={draft}
          change={(part) => setDraft({ ...draft, ...part })}
          space={space}
          choices={choices}
          edited={proposal}
          start={proposal.start}
          end={proposal.end}
          module={null}
        />
        <Step id="execute" title="Execute">
          <p className="text-muted">
            {proposal.hasExecution
              ? 'The calls of a proposal cannot be edited.'
              : 'This proposal makes no transactions, and an edit cannot add any: for that, withdraw it and make a new one.'}
          </p>
        </Step>
      </div>
      <ChecklistPanel
        title="Ready to sign"
        checks={checks}
        publishing={publishing}
        what="Your edit"
        signLabel="Sign the edit"
        onSign={publish}
        note={
          <>
            Signing is free. It can be edited until it starts, <Time at={proposal.start} />; what it said
            before stays in the log.
          </>
        }
      >
        {address && (
          <MessageFields
            fields={Object.entries({ from: address, ...text }).map(([name, value]) => [
              name,
              name === 'body'
                ? `${[...draft.body].length.toLocaleString('en')} characters`
                : typeof value === 'string'
                  ? value
                  : value.join(', '),
            ])}
          />
        )}
      </ChecklistPanel>
    </div>
  )
}
