'use client'
import { ConditionFields } from './condition-fields'
import { withVoterCondition } from './conditions'
import type { SubjectProps } from './subject'

export function VotersFields({ settings, onChange }: SubjectProps) {
  return (
    <ConditionFields
      legend="Who may vote"
      use="vote"
      value={settings.voteValidation ?? { name: 'any' }}
      onChange={(condition) => onChange(withVoterCondition(settings, condition))}
    />
  )
}
