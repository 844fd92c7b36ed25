import path from 'node:path'
import { parseArgs } from 'node:util'
import { parseVerifierKey, type VerifierKey } from '../../core/log/verifier-key'
import { Misuse } from '../read-command-line'

export const usage = `usage: comitia witness --log <verifier key> [--log …] --key-file <file> --state <directory>
                      [--name <witness.example>] [--port <n>] [--host <address>]`

export interface WitnessOptions {
  /** At least one. */
  readonly logs: readonly VerifierKey[]
  /** Absolute. */
  readonly keyFile: string
  /** Absolute. */
  readonly stateDir: string
  readonly name: string | undefined
  /** 0 for any that is free. */
  readonly port: number
  readonly host: string
}

/** Reads the command line. @throws Misuse, and what `parseArgs` does */
export function readOptions(args: string[]): WitnessOptions {
  const { log, state, 'key-file': keyFile, name, port, host } = parse(args)
  if (log.length === 0 || !state || !keyFile) throw new Misuse()
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new Misuse('--port must be a whole number from 0 to 65535')
  }
  return {
    logs: log.map(readLog),
    keyFile: path.resolve(keyFile),
    stateDir: path.resolve(state),
    name,
    port: Number(port),
    host,
  }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  return parseArgs({
    args,
    options: {
      state: text,
      name: text,
      'key-file': text,
      log: { type: 'string', multiple: true, default: [] as string[] },
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: '0.0.0.0' },
    },
  }).values
}

function readLog(text: string): VerifierKey {
  const key = read()
  if (key?.type !== 'ed25519') throw new Misuse(`--log: "${text}" is not the verifier key of a log`)
  // It names a file.
  if (encodeURIComponent(key.name).length > 200) throw new Misuse('--log: the name of the log is too long')
  return key

  function read() {
    try {
      return parseVerifierKey(text)
    } catch {
      return undefined
    }
  }
}
