import { createChains } from '../chain/chains'
import { AppError } from '../core/errors'
import { createDatabase } from '../db/client'
import { systemClock } from '../platform/clock'
import { type Env, type Role, readEnv } from '../platform/env'
import { createPublicFetch } from '../platform/fetch-public'
import { createLogger, type Logger } from '../platform/logger'
import type { PassportScorer } from '../validations/validation'
import type { Context, OperatorKeys } from './context'
import { openKeeper } from './keeper/open-keeper'
import { readOrMakeKey } from './read-or-make-key'

/** A context and what it takes to end it. */
export interface OpenContext extends Context {
  close(): Promise<void>
}

const demoChain = 31337

/**
 * Everything a process needs, connected lazily: nothing here waits for a database or a chain. Outside production
 * missing keys are made and kept under `dataDir/keys`. Throws `misconfigured`.
 */
export function createContext(env: Env, role: Role): OpenContext {
  const foreign = Object.keys(env.rpcUrls).filter((id) => Number(id) !== demoChain)
  if (env.demo && foreign.length > 0) {
    throw new AppError('misconfigured', {
      message: `COMITIA_DEMO=1 works on chain ${demoChain} only; unset ${foreign.map((id) => `RPC_URL_${id}`).join(', ')}`,
    })
  }
  const log = createLogger({ level: env.logLevel, name: `comitia ${role}` })
  const db = createDatabase({ url: env.databaseUrl, poolSize: 12 })
  return {
    env,
    clock: systemClock,
    log,
    db,
    chains: createChains({ urls: env.rpcUrls, timeoutMs: env.rpcTimeoutMs }),
    ...(env.apiStrategies && { fetchPublic: createPublicFetch() }),
    ...(env.passport && { passport: openPassport(env.passport) }),
    keys: openKeys(env, log),
    ...(role === 'worker' && { keeper: openKeeper(env, log) }),
    close: () => db.close(),
  }
}

/** The operator named this server: it may be in a network of his own. */
function openPassport({ url, apiKey }: NonNullable<Env['passport']>): PassportScorer {
  const headers = apiKey === undefined ? {} : { 'x-api-key': apiKey }
  return { url, fetch: createPublicFetch({ headers, isAllowed: () => true }) }
}

/** Each read once, when it is used first: a worker in production has no receipt key and needs none. */
function openKeys(env: Env, log: Logger): OperatorKeys {
  const open = (given: `0x${string}` | undefined, name: 'receipt' | 'log') => {
    if (given) return given
    if (!env.production) return readOrMakeKey(env.dataDir, name, log)
    throw new AppError('misconfigured', { message: `This process has no ${name} key.` })
  }
  const known: { -readonly [Name in keyof OperatorKeys]?: OperatorKeys[Name] } = {}
  return {
    get receiptKey() {
      known.receiptKey ??= open(env.receiptKey, 'receipt')
      return known.receiptKey
    },
    get logKey() {
      known.logKey ??= open(env.logKey, 'log')
      return known.logKey
    },
  }
}

const shared = Symbol.for('comitia.context')
type Shared = { [shared]?: OpenContext }

/** Makes this context the one that pages of the same process use. */
export function shareContext(ctx: OpenContext): void {
  ;(globalThis as Shared)[shared] = ctx
}

/**
 * The process's context, for pages: the server's own inside `comitia serve`, one made from the environment on
 * hosts that run plain Next. Kept on globalThis, because Next bundles this module once more.
 */
export function sharedContext(): OpenContext {
  const own = globalThis as Shared
  own[shared] ??= createContext(readEnv('serve'), 'serve')
  return own[shared]
}
