import type { SpaceSettings } from '../../core/messages/settings'
import type { ValidationSetting } from '../../services/validation/validate'

/**
 * What somebody who is no member has to meet to propose; undefined when anybody may. As in Snapshot it is `basic` unless
 * settings say otherwise, and `filters.minScore` is its threshold unless it has its own.
 */
export function proposalValidation({
  validation = { name: 'basic' },
  filters,
}: Pick<SpaceSettings, 'validation' | 'filters'>): ValidationSetting | undefined {
  const { name, params } = validation
  if (name !== 'basic') return name === 'any' ? undefined : validation
  const minScore = params?.minScore || filters?.minScore || 0
  return minScore === 0 ? undefined : { name, params: { ...params, minScore } }
}
