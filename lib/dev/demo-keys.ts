import type { Address } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { readEnv } from '../platform/env'
import { createLogger } from '../platform/logger'
import { readOrMakeKey } from '../services/read-or-make-key'

/** Whose signatures the demo's module goes by: the addresses of the worker's and of the server's key. */
export interface DemoKeys {
  readonly operator: Address
  readonly receiptKey: Address
}

/** Reads the keys as the programs will that are given `env`; they are made where there are none. */
export function readDemoKeys(env: NodeJS.ProcessEnv): DemoKeys {
  const { keeperKey, receiptKey, dataDir } = readEnv('worker', env)
  const log = createLogger({ level: 'silent', name: 'comitia demo' })
  return {
    operator: privateKeyToAddress(keeperKey ?? readOrMakeKey(dataDir, 'keeper', log)),
    receiptKey: privateKeyToAddress(receiptKey ?? readOrMakeKey(dataDir, 'receipt', log)),
  }
}
