import type { SpaceSettings } from '../../../../lib/core/messages/settings'

export type Condition = NonNullable<SpaceSettings['validation']>

/** What a proposer has to meet, beside membership. Old settings say the least score among their filters. */
export function proposerCondition({ validation, filters }: SpaceSettings): Condition {
  const isPlain = !validation || validation.name === 'basic'
  const minScore = validation?.params?.minScore ?? filters?.minScore
  if (isPlain && minScore !== undefined) return { name: 'basic', params: { ...validation?.params, minScore } }
  return validation && (validation.name !== 'basic' || validation.params !== undefined)
    ? validation
    : { name: 'any' }
}

/** Settings under which proposers have to meet that, members or not. */
export function withProposerCondition(settings: SpaceSettings, condition: Condition): SpaceSettings {
  const { minScore: _, onlyMembers: __, ...filters } = settings.filters ?? {}
  const { validation: ___, ...rest } = settings
  return { ...rest, filters, ...(condition.name !== 'any' && { validation: condition }) }
}

/** Settings under which members alone may propose. */
export function withMembersOnly(settings: SpaceSettings): SpaceSettings {
  const { minScore: _, ...filters } = settings.filters ?? {}
  const { validation: __, ...rest } = settings
  return { ...rest, filters: { ...filters, onlyMembers: true } }
}

/** Settings under which voters have to meet that. */
export function withVoterCondition(settings: SpaceSettings, condition: Condition): SpaceSettings {
  const { voteValidation: _, ...rest } = settings
  return condition.name === 'any' ? rest : { ...rest, voteValidation: condition }
}
