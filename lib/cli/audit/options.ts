import { parseArgs } from 'node:util'
import { Misuse } from '../read-command-line'
import { isUrl, type RpcOption, readRpc } from '../verify/options'

export const usage = `usage: comitia audit --from <hub url> --proposal <id> [options]

Checks a proposal of any server that speaks Snapshot's hub API, https://hub.snapshot.org for one: ids, signatures,
choices, window, voters, and the sum. Keeps nothing.

  --rpc <chain id>=<url>  reads powers again and asks contract wallets, by this archive node; once for each chain
  --ipfs <url>            a gateway, as https://ipfs.io/ipfs: where what was signed cannot be told from the hub alone
  --allow-private         lets names lead to addresses that are not on the public internet
  --json                  writes one JSON object
  --help                  says this

Exit code 0: nothing is wrong. 1: something is, or could not be read. 2: the command line is wrong.`

export interface AuditOptions {
  readonly from: string
  readonly proposal: string
  readonly rpc: readonly RpcOption[]
  readonly ipfs: string | undefined
  readonly allowPrivate: boolean
  readonly isJson: boolean
}

/** Reads the command line. @throws Misuse, and what `parseArgs` does */
export function readOptions(args: string[]): AuditOptions {
  const values = parse(args)
  const { from, ipfs } = values
  const proposal = values.proposal?.toLowerCase()
  if (from === undefined || proposal === undefined) throw new Misuse()
  if (!isUrl(from)) throw new Misuse(`--from must be a URL: ${from}`)
  if (ipfs !== undefined && !isUrl(ipfs)) throw new Misuse(`--ipfs must be a URL: ${ipfs}`)
  if (!/^0x[0-9a-f]{64}$/.test(proposal)) throw new Misuse('--proposal must be an id: 0x and 64 hex digits')
  return {
    from,
    proposal,
    ipfs,
    rpc: values.rpc.map(readRpc),
    allowPrivate: values['allow-private'],
    isJson: values.json,
  }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  return parseArgs({
    args,
    options: {
      from: text,
      proposal: text,
      ipfs: text,
      rpc: { type: 'string', multiple: true, default: [] as string[] },
      'allow-private': flag,
      json: flag,
    },
  }).values
}
