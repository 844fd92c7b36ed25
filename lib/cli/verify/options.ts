import { parseArgs } from 'node:util'
import { parseVerifierKey, type VerifierKey } from '../../core/log/verifier-key'
import type { HexString } from '../../core/views/hex-string'
import { Misuse } from '../read-command-line'

export const usage = `usage: comitia verify <bundle> [options]               recounts a closed proposal from its proof bundle
       comitia verify --log <url> [options]           reads a whole log, and compares it with what it showed before
       comitia verify <bundle> --log <url> [options]  both, and that nothing of the log was left out of the bundle

<bundle> is a file, - for standard input, or the URL of a bundle or of a proposal's page; gzip is read too.
<url> is the address of a Comitia server, or of a log's files.

  --rpc [<chain id>=]<url>  reads powers, blocks and contract wallets again from this node; once for each chain
  --receipt <file>          looks for the messages of these receipts; may be repeated
  --checkpoint <file>       compares with a checkpoint of the log that somebody kept; may be repeated
  --log-key <key>           the key that the log has to have, as "name+id+key"; repeated, keys that it had before
  --witness <key>           a witness to count, as "name+id+key"; may be repeated
  --least <n>               how many of them must have co-signed; all of them unless told
  --proposal <id>           the proposal that the bundle has to be about
  --state <file>            where to keep what the log showed; in ~/.comitia/logs or XDG_STATE_HOME unless told
  --full                    reads entries of the log again that an earlier run has read
  --json                    writes one JSON object
  --help                    says this

Exit code 0: nothing is wrong. 1: something is, or could not be read. 2: the command line is wrong.`

/** A chain's node, as somebody named it. */
export interface RpcOption {
  /** Undefined where the node is to say. */
  readonly chainId: number | undefined
  readonly url: string
}

export interface VerifyOptions {
  /** A file, `-`, or a URL. */
  readonly bundle: string | undefined
  readonly log: string | undefined
  readonly rpc: readonly RpcOption[]
  /** Files. */
  readonly receipts: readonly string[]
  /** Files. */
  readonly checkpoints: readonly string[]
  /** Verifier keys: the one that the log has to have, and those that it had before. None: whatever it names. */
  readonly logKeys: readonly string[]
  readonly witnesses: { readonly keys: readonly VerifierKey[]; readonly least: number } | undefined
  readonly proposal: HexString | undefined
  readonly state: string | undefined
  readonly isFull: boolean
  readonly isJson: boolean
}

/** Reads the command line. @throws Misuse, and what `parseArgs` does */
export function readOptions(args: string[]): VerifyOptions {
  const { values, positionals } = parse(args)
  const [bundle, ...more] = positionals
  if (more.length > 0) throw new Misuse(`one bundle at a time: what is ${more[0]}?`)
  if (bundle === undefined && values.log === undefined) throw new Misuse()
  if (bundle === '-' && values.log !== undefined) {
    throw new Misuse('a bundle is read twice beside a log: save it to a file first')
  }
  if (bundle === undefined && (values.proposal !== undefined || values.rpc.length > 0)) {
    throw new Misuse('--proposal and --rpc are about a bundle: name one')
  }
  if (values.log !== undefined && !isUrl(values.log)) throw new Misuse('--log must be a URL')
  const proposal = values.proposal?.toLowerCase()
  if (proposal !== undefined && !/^0x[0-9a-f]{64}$/.test(proposal)) {
    throw new Misuse('--proposal must be an id: 0x and 64 hex digits')
  }
  return {
    bundle,
    log: values.log,
    state: values.state,
    isFull: values.full,
    isJson: values.json,
    receipts: values.receipt,
    checkpoints: values.checkpoint,
    proposal: proposal as HexString | undefined,
    rpc: values.rpc.map(readRpc),
    logKeys: values['log-key'].map((text) => readKey('log-key', 'ed25519', text).text),
    witnesses: readWitnesses(values.witness, values.least),
  }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true, default: [] as string[] } as const
  const flag = { type: 'boolean', default: false } as const
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      log: text,
      least: text,
      proposal: text,
      state: text,
      rpc: texts,
      'log-key': texts,
      receipt: texts,
      checkpoint: texts,
      witness: texts,
      full: flag,
      json: flag,
    },
  })
}

/** `[<chain id>=]<url>`. @throws Misuse */
export function readRpc(option: string): RpcOption {
  const [, id, url = ''] = /^(?:([1-9]\d{0,14})=)?(.*)$/.exec(option) ?? []
  if (!isUrl(url)) throw new Misuse(`--rpc must be a URL, or a chain id, = and a URL: ${option}`)
  return { chainId: id === undefined ? undefined : Number(id), url }
}

function readWitnesses(texts: readonly string[], least: string | undefined): VerifyOptions['witnesses'] {
  if (texts.length === 0) {
    if (least === undefined) return undefined
    throw new Misuse('--least counts witnesses: name them with --witness')
  }
  const keys = texts.map((text) => readKey('witness', 'cosignature', text).key)
  const wanted = least === undefined ? keys.length : Number(least)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > keys.length) {
    throw new Misuse(`--least must be a number from 1 to ${keys.length}`)
  }
  return { keys, least: wanted }
}

function readKey(option: string, type: VerifierKey['type'], text: string) {
  try {
    const key = parseVerifierKey(text)
    if (key.type === type) return { text, key }
  } catch {
    // Said below.
  }
  throw new Misuse(
    `--${option} must be a verifier key of a ${type === 'ed25519' ? 'log' : 'witness'}: name+id+key`,
  )
}

export function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
