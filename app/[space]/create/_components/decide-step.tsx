'use client'
import Link from 'next/link'
import { useMemo } from 'react'
import { describeRule } from '../../../../lib/core/proposal/describe-rule'
import { ruleFor } from '../../../../lib/core/proposal/rule-for'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { getVotingSystem } from '../../../../lib/core/voting/registry'
import { spaceSettings } from '../../../_components/space/space-settings'
import { VotingSystemPicker } from '../../../_components/space/voting-system-picker'
import { moduleRuleInWords } from '../../../_components/treasury/describe-config'
import { Notice } from '../../../_components/ui/notice'
import { Time } from '../../../_components/ui/time'
import { ChoicesEditor } from './choices-editor'
import type { ProposalDraft } from './draft'
import type { ModuleChoice } from './executor-options'
import { PeriodFields } from './period-fields'
import { Step } from './step'

export function DecideStep({
  draft,
  change,
  space,
  choices,
  edited = null,
  start,
  end,
  module,
}: {
  readonly draft: ProposalDraft
  readonly change: (part: Partial<ProposalDraft>) => void
  readonly space: SpaceView
  readonly choices: readonly string[]
  /** The proposal whose text this is, when it is there already: its times, block and settings stay. */
  readonly edited?: ProposalView | null
  /** Which settles it, and by whose config it is decided; null: the space's settings decide. */
  readonly module: ModuleChoice | null
  readonly start: number
  readonly end: number
}) {
  const rule = useMemo(() => {
    const isSameVote = edited?.type === draft.type && edited.choices.join('\n') === choices.join('\n')
    if (isSameVote) return edited.rule.text
    if (edited && (space.history[0]?.at ?? 0) > edited.createdAt) {
      return 'The space’s settings have changed since. The rule follows from those of then, and shows once the edit is accepted.'
    }
    if (module) return moduleRuleInWords(module.tally.config)
    const { id } = getVotingSystem(draft.type)
    const named = choices.map((choice, index) => choice || `option ${index + 1}`)
    const rule = ruleFor({ type: id, choices: named, voting: spaceSettings(space).voting ?? {} })
    return describeRule(rule, { choices: named, symbol: space.symbol }, id)
  }, [draft.type, choices, space, module, edited])
  return (
    <Step id="decide" title="Decide">
      {space.voting.type ? (
        <Notice title={`${getVotingSystem(space.voting.type).label} voting`}>
          <p className="text-muted">
            This space decides everything this way. {getVotingSystem(space.voting.type).description}
          </p>
        </Notice>
      ) : module ? (
        <Notice title="Basic voting">
          <p className="text-muted">The tally module that makes the calls counts For, Against and Abstain.</p>
        </Notice>
      ) : (
        <VotingSystemPicker value={draft.type} onChange={(type) => change({ type })} />
      )}
      {draft.type === 'basic' ? (
        <div>
          <p className="font-medium">Options</p>
          <p className="text-muted">
            {choices.join(', ')}. {!edited && 'Basic voting always has these three.'}
          </p>
        </div>
      ) : (
        <ChoicesEditor choices={draft.choices} onChange={(next) => change({ choices: next })} />
      )}
      {edited ? (
        <div>
          <p className="font-medium">Time to vote</p>
          <p>
            From <Time at={start} form="local" /> to <Time at={end} form="local" />. Votes are read at block{' '}
            {Number(edited.snapshot.block).toLocaleString('en')}.
          </p>
          <p className="text-muted text-small">An edit changes neither the times nor the block.</p>
        </div>
      ) : (
        <PeriodFields draft={draft} change={change} space={space} start={start} end={end} />
      )}
      <div>
        <p className="font-medium">Rule</p>
        <p>{rule}</p>
        <p className="text-muted text-small">
          {module
            ? 'Read from the module’s config, which the proposal names; it is never weaker than the space’s settings promise. '
            : edited
              ? 'From the settings under which it was published; later ones do not count.'
              : 'From the space’s settings; frozen into the proposal when it is published.'}
          {module && (
            <Link href={`/${space.id}/treasury`} className="link">
              The whole config
            </Link>
          )}
        </p>
      </div>
    </Step>
  )
}
