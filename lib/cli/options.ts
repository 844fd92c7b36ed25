import { parseArgs } from 'node:util'
import { listOptions } from '../services/options/list-options'
import { setOption } from '../services/options/set-option'
import { Misuse, readCommandLine } from './read-command-line'
import { withOperator } from './with-operator'

const usage = `usage: comitia options                     every limit and its value
       comitia options <name> <value>      sets it; servers know within seconds
       comitia options <name> --default    gives it back its default`

/** `comitia options`: what spaces and people may ask of this installation. */
export async function options(args: readonly string[]): Promise<void> {
  const asked = readCommandLine('options', args, { read: readOptions, usage })
  if (!asked) return
  const { name, value } = asked
  await withOperator(async (ctx) => {
    if (name !== undefined) {
      console.log(`${name} is ${(await setOption(ctx, name, value)) || 'empty'}`)
      return
    }
    for (const option of await listOptions(ctx)) {
      console.log(
        `${option.name.padEnd(44)} ${(option.value || '–').padEnd(8)} ${option.isDefault ? '' : 'set'}`.trimEnd(),
      )
    }
  })
}

/** The option to set, and null for its default; no name where all are to be shown. */
function readOptions(args: string[]): { name: string | undefined; value: string | null } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { default: { type: 'boolean', default: false } },
  })
  const [name, value] = positionals
  const isComplete = name === undefined ? !values.default : (value === undefined) === values.default
  if (!isComplete || positionals.length > 2) throw new Misuse()
  return { name, value: value ?? null }
}
