/** A command line that is none. */
export class Misuse extends Error {}

/**
 * What `read` makes of a command line. Undefined when there is nothing to do: whoever asked for help was shown `usage`, and
 * whoever misused the command was told how, with exit code 2.
 */
export function readCommandLine<Options>(
  command: string,
  args: readonly string[],
  {
    read,
    usage,
  }: { readonly read: (args: readonly string[]) => Options | undefined; readonly usage: string },
): Options | undefined {
  try {
    const options = read(args)
    if (!options) console.log(usage)
    return options
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    console.error(`comitia ${command}: ${error.message}`)
    process.exitCode = 2
    return undefined
  }
}
