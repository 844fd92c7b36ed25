import type { Validation } from './validation'
import * as list from './validations'

export type ValidationId = (typeof list)[keyof typeof list]['id']

/** All of them. */
export const validations: readonly Validation<ValidationId>[] = Object.values(list)

/** The newest validation of that id; undefined when there is none. */
export function findValidation(id: string): Validation<ValidationId> | undefined {
  return validations.filter((validation) => validation.id === id).sort((a, b) => b.version - a.version)[0]
}
