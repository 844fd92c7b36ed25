import { createChains } from '../chain/chains'
import { createDatabase } from '../db/client'
import { migrateJobs } from '../jobs/migrate-jobs'
import { type Clock, systemClock } from '../platform/clock'
import { readEnv } from '../platform/env'
import { createLogger } from '../platform/logger'
import type { Context } from '../services/context'
import { createTestDatabase, type TestDatabase } from './database'

export interface TestContext extends Context {
  /** A further context on the same database, with connections of its own: as another process has. */
  another(options?: Pick<TestContextOptions, 'clock' | 'rpcUrls' | 'variables'>): Context
  /** Closes all of them and drops the database. */
  close(): Promise<void>
}

export interface TestContextOptions {
  /** The machine's unless told. */
  readonly clock?: Clock
  /** By chain id; none unless told. */
  readonly rpcUrls?: Readonly<Record<number, string>>
  /** An empty one of the run's own unless given. */
  readonly database?: TestDatabase
  /** More environment variables, by name. */
  readonly variables?: Readonly<Record<string, string>>
}

const receiptKey = `0x${'11'.repeat(32)}` as const
const logKey = `0x${'22'.repeat(32)}` as const

/** A context on a database of its own, jobs included. Its keys are fixed, its log is silent. */
export async function createTestContext(options: TestContextOptions = {}): Promise<TestContext> {
  const database = options.database ?? (await createTestDatabase())
  const opened: Context[] = []
  const open = ({ clock = systemClock, rpcUrls = {}, variables = {} }: TestContextOptions): Context => {
    const env = readEnv('serve', {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      COMITIA_RECEIPT_KEY: receiptKey,
      COMITIA_LOG_KEY: logKey,
      COMITIA_RPC_TIMEOUT_MS: '1000',
      COMITIA_LOG_LEVEL: 'silent',
      ...Object.fromEntries(Object.entries(rpcUrls).map(([id, url]) => [`RPC_URL_${id}`, url])),
      ...variables,
    })
    const ctx: Context = {
      env,
      clock,
      log: createLogger({ level: env.logLevel, name: 'test' }),
      db: createDatabase({ url: database.url }),
      chains: createChains({ urls: env.rpcUrls, timeoutMs: env.rpcTimeoutMs }),
      keys: { receiptKey, logKey },
    }
    opened.push(ctx)
    return ctx
  }
  const ctx = open(options)
  await migrateJobs(ctx)
  return {
    ...ctx,
    another: (more = {}) => open({ ...options, ...more }),
    async close() {
      await Promise.all(opened.map(({ db }) => db.close()))
      await database.drop()
    },
  }
}
