'use client'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { describeRule } from '../../../../lib/core/proposal/describe-rule'
import { ruleFor } from '../../../../lib/core/proposal/rule-for'
import { findVotingSystem, votingSystems } from '../../../../lib/core/voting/registry'
import { Checkbox, Field, Select } from '../../ui/field'
import { DurationField } from './duration-field'
import { NumberInput } from './number-input'
import type { SubjectProps } from './subject'

type Voting = NonNullable<SpaceSettings['voting']>

export function VotingFields({ settings, onChange }: SubjectProps) {
  const voting = settings.voting ?? {}
  const set = (part: { [Key in keyof Voting]?: Voting[Key] | undefined }) => {
    // A key set to undefined would be a key that the signed JSON does not have.
    const next = Object.fromEntries(
      Object.entries({ ...voting, ...part }).filter(([, value]) => value !== undefined),
    )
    onChange({ ...settings, voting: next as Voting })
  }
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="Voting system">
        <Select
          value={voting.type ?? ''}
          onChange={(event) => set({ type: event.target.value || undefined })}
        >
          <option value="">Each proposal chooses</option>
          {votingSystems.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Quorum"
        hint={`In ${settings.symbol || 'votes'}. ${voting.quorumType === 'rejection' ? 'Against votes over it stop a proposal.' : 'Less than this, and a proposal does not pass.'}`}
      >
        <NumberInput placeholder="None" value={voting.quorum} onChange={(quorum) => set({ quorum })} />
      </Field>
      <DurationField
        label="Delay"
        hint="Between publishing and the start."
        value={voting.delay}
        onChange={(delay) => set({ delay })}
      />
      <DurationField
        label="Period"
        hint="How long every vote lasts."
        value={voting.period}
        onChange={(period) => set({ period })}
      />
      <Checkbox
        label="Leave Abstain out of the quorum"
        hint="In basic voting."
        checked={voting.hideAbstain ?? false}
        onChange={(event) => set({ hideAbstain: event.target.checked || undefined })}
      />
      <Checkbox
        label="Pass unless rejected"
        hint="Basic proposals pass unless Against exceeds the quorum."
        checked={voting.quorumType === 'rejection'}
        onChange={(event) => set({ quorumType: event.target.checked ? 'rejection' : undefined })}
      />
      <p className="sm:col-span-2">
        <span className="text-muted">Rule: </span>
        {ruleInWords(settings)}
      </p>
    </div>
  )
}

function ruleInWords(settings: SpaceSettings): string {
  const basic = ['For', 'Against', 'Abstain']
  const type = findVotingSystem(settings.voting?.type || 'basic')?.id ?? 'basic'
  try {
    return describeRule(ruleFor({ type, choices: basic, voting: settings.voting ?? {} }), {
      choices: basic,
      symbol: settings.symbol ?? '',
    })
  } catch {
    return 'The quorum is not an amount.'
  }
}
