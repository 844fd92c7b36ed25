import type { Context } from '../context'
import { knownOptions } from './known-options'
import { isOptionName, optionDefaults } from './options'

export interface Option {
  readonly name: string
  readonly value: string
  /** Whether the operator left it at that. */
  readonly isDefault: boolean
}

/** Every option with its value, by name. */
export async function listOptions(ctx: Pick<Context, 'db' | 'clock'>): Promise<Option[]> {
  return Object.entries(await knownOptions(ctx)).map(([name, value]) => ({
    name,
    value,
    isDefault: isOptionName(name) && optionDefaults[name] === value,
  }))
}
