'use client'
import Link from 'next/link'
import { useMemo } from 'react'
import { describeRule } from '../../../../lib/core/proposal/describe-rule'
import { ruleFor } from '../../../../lib/core/proposal/rule-for'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { getVotingSystem } from '../../../../lib/core/voting/registry'
import { spaceSettings } from '../../../_components/space/space-settings'
import { VotingSystemPicker } from '../../../_components/space/voting-system-picker'
import { moduleRuleInWords } from '../../../_components/treasury/describe-config'
import { Notice } from '../../../_components/ui/notice'
import { ChoicesEditor } from './choices-editor'
import { basicChoices, type ProposalDraft } from './draft'
import type { ModuleChoice } from './executor-options'
import { PeriodFields } from './period-fields'
import { Step } from './step'

export function DecideStep({
  draft,
  change,
  space,
  choices,
  start,
  end,
  module,
}: {
  readonly draft: ProposalDraft
  readonly change: (part: Partial<ProposalDraft>) => void
  readonly space: SpaceView
  readonly choices: readonly string[]
  /** Which settles it, and by whose config it is decided; null: the space's settings decide. */
  readonly module: ModuleChoice | null
  readonly start: number
  readonly end: number
}) {
  const rule = useMemo(() => {
    if (module) return moduleRuleInWords(module.tally.config)
    const { id } = getVotingSystem(draft.type)
    const named = choices.map((choice, index) => choice || `option ${index + 1}`)
    return describeRule(ruleFor({ type: id, choices: named, voting: spaceSettings(space).voting ?? {} }), {
      choices: named,
      symbol: space.symbol,
    })
  }, [draft.type, choices, space, module])
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
          <p className="text-muted">{basicChoices.join(', ')}. Basic voting always has these three.</p>
        </div>
      ) : (
        <ChoicesEditor choices={draft.choices} onChange={(next) => change({ choices: next })} />
      )}
      <PeriodFields draft={draft} change={change} space={space} start={start} end={end} />
      <div>
        <p className="font-medium">Rule</p>
        <p>{rule}</p>
        <p className="text-muted text-small">
          {module
            ? 'Read from the module’s config, which the proposal names; it is never weaker than the space’s settings promise. '
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
