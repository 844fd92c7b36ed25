import { parseArgs } from 'node:util'
import { type Address, getAddress, isAddress } from 'viem'
import { Misuse } from '../read-command-line'

export const usage = `usage: comitia module plan   --chain <id> --safe <0x…> --config <file> [--salt <n>]
       comitia module deploy --chain <id> --safe <0x…> --config <file> [--salt <n>]
       comitia module enable --chain <id> --safe <0x…> --config <file> [--salt <n>] [--batch <file>]
       comitia module show   --chain <id> --module <0x…>`

export type ModuleOptions =
  | { readonly verb: 'show'; readonly chainId: number; readonly module: Address }
  | ({ readonly verb: 'plan' | 'deploy' | 'enable' } & WantedModule)

/** A module that could be. */
export interface WantedModule {
  readonly chainId: number
  readonly safe: Address
  /** The file of its settings. */
  readonly config: string
  readonly saltNonce: bigint
  /** Where `enable` writes what enables it. */
  readonly batch: string | undefined
}

/** Reads the command line. @throws Misuse, and what `parseArgs` does */
export function readOptions(args: string[]): ModuleOptions {
  const { values, positionals } = parse(args)
  const [verb, ...more] = positionals
  if (more.length > 0) throw new Misuse()
  const chainId = Number(required('chain', values.chain))
  if (!Number.isSafeInteger(chainId) || chainId < 1) throw new Misuse('--chain must be a chain id')
  if (verb === 'show') return { verb, chainId, module: readAddress('module', values.module) }
  if (verb !== 'plan' && verb !== 'deploy' && verb !== 'enable') throw new Misuse()

  const config = required('config', values.config)
  const safe = readAddress('safe', values.safe)
  if (!/^\d{1,70}$/.test(values.salt)) throw new Misuse('--salt must be a whole number')
  return { verb, chainId, safe, config, saltNonce: BigInt(values.salt), batch: values.batch }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      chain: text,
      safe: text,
      config: text,
      module: text,
      batch: text,
      salt: { type: 'string', default: '0' },
    },
  })
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw new Misuse(`--${name} is missing\n${usage}`)
  return value
}

function readAddress(name: string, value: string | undefined): Address {
  const text = required(name, value)
  if (!isAddress(text)) throw new Misuse(`--${name} must be an address with its checksum`)
  return getAddress(text)
}
