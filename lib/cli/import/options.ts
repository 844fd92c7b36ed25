import { parseArgs } from 'node:util'
import { Misuse } from '../read-command-line'
import { isUrl } from '../verify/options'

export const usage = `usage: comitia import --from <hub url> --space <id> [options]

Copies a space with its settings, proposals, votes, follows and statements from any server that speaks Snapshot's hub
API into this installation's database. Stop it whenever you like: the next run goes on, and one when nothing is new adds
nothing.

  --mirror            goes on following the hub until it is stopped
  --every <seconds>   how often; 30 unless told
  --ipfs <url>        a gateway, as https://ipfs.io/ipfs: where what was signed cannot be told from the hub alone
  --allow-private     lets names lead to addresses that are not on the public internet
  --help              says this

Contract wallets are asked where RPC_URL_<chain id> is set. Exit code 0: every count agrees. 1: one does not, ballots
were left out, or something could not be read. 2: the command line is wrong.`

export interface ImportOptions {
  readonly from: string
  readonly space: string
  readonly mirror: boolean
  readonly everySeconds: number
  readonly ipfs: string | undefined
  readonly allowPrivate: boolean
}

/** Reads the command line. @throws Misuse, and what `parseArgs` does */
export function readOptions(args: string[]): ImportOptions {
  const values = parse(args)
  const { from, space, ipfs, mirror } = values
  if (from === undefined || space === undefined) throw new Misuse()
  if (!isUrl(from)) throw new Misuse(`--from must be a URL: ${from}`)
  if (ipfs !== undefined && !isUrl(ipfs)) throw new Misuse(`--ipfs must be a URL: ${ipfs}`)
  const everySeconds = Number(values.every)
  if (!Number.isInteger(everySeconds) || everySeconds < 1 || everySeconds > 86_400) {
    throw new Misuse('--every must be a whole number of seconds from 1 to 86400')
  }
  return { from, space, ipfs, mirror, everySeconds, allowPrivate: values['allow-private'] }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  return parseArgs({
    args,
    options: {
      from: text,
      space: text,
      ipfs: text,
      every: { ...text, default: '30' },
      mirror: flag,
      'allow-private': flag,
    },
  }).values
}
