import { listOptions } from '../../db/option/list-options'
import { createBriefMemory } from '../../platform/brief-memory'
import type { Context } from '../context'
import { isOptionName, type OptionName, optionDefaults } from './options'
import { readOption } from './read-option'

type Known = Readonly<Record<OptionName, string>>

/** Another process learns of a change within this time. */
const memory = createBriefMemory<Known>(3_000)

/** The value of every option, some seconds old at most: asked for with every message. */
export function knownOptions({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<Known> {
  return memory.read(db, clock.now(), async () => {
    const set = (await listOptions(db)).filter(isReadable)
    return { ...optionDefaults, ...Object.fromEntries(set.map(({ name, value }) => [name, value])) }
  })
}

/** Has this process read them anew. */
export function forgetOptions({ db }: Pick<Context, 'db'>): void {
  memory.forget(db)
}

/** Whoever wrote something else into the table by hand must not stop the server. */
function isReadable({ name, value }: { readonly name: string; readonly value: string }): boolean {
  try {
    return isOptionName(name) && readOption(name, value) === value
  } catch {
    return false
  }
}
