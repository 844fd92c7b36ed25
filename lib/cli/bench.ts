import { Misuse, readCommandLine } from './read-command-line'

const usage = `usage: comitia bench votes                                             ballots taken a second
       comitia bench audit [--ballots 10000] [--file bundle.ndjson]    ballots recounted a second
       comitia bench graphql [--votes 1000000]                         votes listed, by Snapshot's queries
       comitia bench import [<votes>]                                  votes copied from another hub a second`

type Bench = (args: readonly string[]) => Promise<void>

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  votes: async () => (await import('./bench/votes')).benchVotes,
  audit: async () => (await import('./bench/audit')).benchAudit,
  graphql: async () => (await import('./bench/graphql')).benchGraphql,
  import: async () => (await import('./bench/import')).benchImport,
}

/** `comitia bench <what>`: measures this machine. */
export async function bench(args: readonly string[]): Promise<void> {
  const chosen = readCommandLine('bench', args, { read: choose, usage })
  if (chosen) await (await chosen.load())(chosen.args)
}

function choose([what, ...args]: readonly string[]) {
  const load = what !== undefined && Object.hasOwn(benches, what) ? benches[what] : undefined
  if (load) return { load, args }
  throw new Misuse(what === undefined ? '' : `there is no bench "${what}"\n${usage}`)
}
