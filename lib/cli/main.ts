import { AppError } from '../core/errors'

/** A command of the command line: what it does, in a line, and how. Resolves when it has ended. */
interface Command {
  readonly summary: string
  readonly load: () => Promise<(args: readonly string[]) => Promise<void>>
}

/** Loaded when asked for: `doctor` needs no web server. */
const commands: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'answer HTTP: the API and, without --api-only, the pages',
    load: async () => (await import('./serve')).serve,
  },
  worker: {
    summary: 'close, count and settle proposals',
    load: async () => (await import('./worker')).worker,
  },
  doctor: {
    summary: 'check environment, database, chains and keys, and say what is wrong',
    load: async () => (await import('./doctor')).doctor,
  },
  verify: {
    summary: 'recount a vote from its proof bundle, or read a whole log, without trusting anybody',
    load: async () => (await import('./verify')).verify,
  },
  audit: {
    summary: 'check a proposal of any hub that speaks as Snapshot does: signatures, powers, the sum',
    load: async () => (await import('./audit')).audit,
  },
  import: {
    summary: 'copy a space from another hub, each signature checked, each vote counted again',
    load: async () => (await import('./import')).importSpace,
  },
  module: {
    summary: "plan, deploy, enable or show the module that counts a Safe's votes on chain",
    load: async () => (await import('./module')).module,
  },
  moderate: {
    summary: 'turn authors, addresses and links away; flag, verify or put to sleep',
    load: async () => (await import('./moderate')).moderate,
  },
  options: {
    summary: 'show or set what spaces and people may ask of this installation',
    load: async () => (await import('./options')).options,
  },
  witness: {
    summary: 'co-sign the log of another server, so that it cannot show two histories',
    load: async () => (await import('./witness')).witness,
  },
  bench: {
    summary: 'votes | audit | graphql | import: how fast this machine takes, recounts, lists or copies votes',
    load: async () => (await import('./bench')).bench,
  },
}

/**
 * Runs a command. Anything an operator can put right is one clear line on stderr and exit code 1; a command line that is
 * none ends with 2.
 */
export async function main([name, ...args]: readonly string[]): Promise<void> {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    const isAsked = name === undefined || ['help', '--help', '-h'].includes(name)
    const lines = Object.entries(commands).map(([id, { summary }]) => `  ${id.padEnd(8)} ${summary}`)
    const usage = ['usage: comitia <command>    --help after a command says how', '', ...lines].join('\n')
    if (isAsked) return console.log(usage)
    console.error(`comitia: unknown command "${name}"\n\n${usage}`)
    process.exitCode = 2
    return
  }
  try {
    await (await command.load())(args)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'fault') throw error
    for (const line of error.message.split('\n')) console.error(`comitia: ${line}`)
    process.exitCode = 1
  }
}
