import { parseArgs } from 'node:util'
import { AppError } from '../core/errors'
import { listOptions } from '../services/options/list-options'
import { setOption } from '../services/options/set-option'
import { withOperator } from './with-operator'

const usage = `usage: comitia options                     every limit and its value
       comitia options <name> <value>      sets it; servers know within seconds
       comitia options <name> --default    gives it back its default`

/** `comitia options`: what spaces and people may ask of this installation. */
export async function options(args: readonly string[]): Promise<void> {
  const { names, toDefault } = readArguments(args)
  const [name, value] = names
  if (names.length > 2 || (name === undefined ? toDefault : (value === undefined) !== toDefault)) wrong(usage)
  await withOperator(async (ctx) => {
    if (name !== undefined) {
      console.log(`${name} is ${(await setOption(ctx, name, value ?? null)) || 'empty'}`)
      return
    }
    for (const option of await listOptions(ctx)) {
      console.log(
        `${option.name.padEnd(44)} ${(option.value || '–').padEnd(8)} ${option.isDefault ? '' : 'set'}`.trimEnd(),
      )
    }
  })
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { default: { type: 'boolean', default: false } },
    })
    return { names: positionals, toDefault: values.default }
  } catch (error) {
    return wrong(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

function wrong(message: string): never {
  throw new AppError('misconfigured', { message })
}
