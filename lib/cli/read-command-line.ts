import { parseArgs } from 'node:util'

/** A command line that is none. Without a message the usage says it all. */
export class Misuse extends Error {}

/**
 * What `read` makes of a command line; the errors of node's `parseArgs` are misuse too. Undefined when there is nothing to
 * do: whoever asked for help was shown `usage`, and whoever misused the command was told how, with exit code 2.
 */
export function readCommandLine<Options>(
  command: string,
  args: readonly string[],
  { read, usage }: { readonly read: (args: string[]) => Options; readonly usage: string },
): Options | undefined {
  if (asksForHelp(args)) {
    console.log(usage)
    return undefined
  }
  try {
    return read([...args])
  } catch (error) {
    if (!(error instanceof Error) || !isMisuse(error)) throw error
    const { message } = error
    if (message) console.error(`comitia ${command}: ${message}`)
    if (!message || !(error instanceof Misuse)) console.error(usage)
    process.exitCode = 2
    return undefined
  }
}

function asksForHelp(args: readonly string[]): boolean {
  const help = { type: 'boolean', short: 'h' } as const
  return Boolean(parseArgs({ args: [...args], strict: false, options: { help } }).values.help)
}

function isMisuse(error: Error): boolean {
  return error instanceof Misuse || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'))
}
