import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { getAddress } from 'viem'
import { z } from 'zod'
import { AppError } from '../core/errors'
import { type NamedWitness, parseWitnesses } from './parse-witnesses'

/** Everything this process was told by its environment, checked once at start. */
export interface Env {
  readonly production: boolean
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string
  /** RPC endpoints by chain id, best first. */
  readonly rpcUrls: Readonly<Record<number, readonly string[]>>
  readonly rpcTimeoutMs: number
  readonly demo: boolean
  readonly publicUrl: string
  readonly logLevel: string
  /** Who may create native spaces: anybody, or these addresses. */
  readonly spaceCreation: 'open' | readonly `0x${string}`[]
  readonly admins: readonly `0x${string}`[]
  /** Requests a minute from one address; 0 means no limit. */
  readonly rateLimit: number
  /** Messages a minute signed by one address; 0 means no limit. */
  readonly signerRateLimit: number
  /** How many proxies in front of this server append to X-Forwarded-For. */
  readonly trustedProxies: number
  /** Whether a space's settings may have this server ask others for voting power. */
  readonly apiStrategies: boolean
  /** Who scores passports, at the address of one scorer; undefined: nobody. */
  readonly passport: { readonly url: string; readonly apiKey: string | undefined } | undefined
  /** sha256, in hex, of the secret that lets tools of the operator flag and verify; undefined: none may. */
  readonly authSecret: string | undefined
  readonly receiptKey: `0x${string}` | undefined
  /** Of the worker alone: a web process does not read it. */
  readonly keeperKey: `0x${string}` | undefined
  /** Spaces whose settlement the keeper pays for. */
  readonly keeperSpaces: 'all' | readonly string[]
  readonly logKey: `0x${string}` | undefined
  /** Who is asked to co-sign the log's checkpoints, each key once. */
  readonly witnesses: readonly NamedWitness[]
}

const isAddress = (text: string) => /^0x[0-9a-fA-F]{40}$/.test(text)
const checksum = (text: string) => getAddress(text.toLowerCase())
const privateKey = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i, 'must be 0x and 64 hex digits')
  .transform((text) => text.toLowerCase() as `0x${string}`)
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)
const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )
const integer = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`)

const variables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: integer(1, 65_535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  COMITIA_DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  COMITIA_RPC_TIMEOUT_MS: integer(100, 60_000).default(5000),
  COMITIA_DEMO: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  COMITIA_PUBLIC_URL: url(['http:', 'https:']).optional(),
  COMITIA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  COMITIA_SPACE_CREATION: list
    .refine(
      (items) => items.join() === 'open' || items.every(isAddress),
      'must be "open" or a list of addresses',
    )
    .transform((items) => (items[0] === 'open' ? ('open' as const) : items.map(checksum)))
    .default('open'),
  COMITIA_ADMINS: list
    .refine((items) => items.every(isAddress), 'must be a list of addresses')
    .transform((items) => items.map(checksum))
    .default([]),
  COMITIA_RATE_LIMIT: integer(0, 1_000_000).optional(),
  COMITIA_RATE_LIMIT_SIGNER: integer(0, 1_000_000).optional(),
  COMITIA_TRUSTED_PROXIES: integer(0, 10).default(0),
  COMITIA_API_STRATEGIES: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  COMITIA_PASSPORT_URL: url(['https:'])
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  COMITIA_PASSPORT_API_KEY: z.string().max(200).optional(),
  COMITIA_AUTH_SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be a sha256 in 64 hex digits')
    .optional(),
  COMITIA_RECEIPT_KEY: privateKey.optional(),
  COMITIA_KEEPER_KEY: privateKey.optional(),
  COMITIA_LOG_KEY: privateKey.optional(),
  COMITIA_KEEPER_SPACES: list
    .transform((ids) => (ids.join() === 'all' ? ('all' as const) : ids.map((id) => id.toLowerCase())))
    .optional(),
})

const keyNames = ['COMITIA_RECEIPT_KEY', 'COMITIA_KEEPER_KEY', 'COMITIA_LOG_KEY']

/** `NAME_FILE` stands for `NAME`: the key is in a file that nobody else can read. */
function withKeyFiles(role: Role, source: NodeJS.ProcessEnv, problems: string[]): NodeJS.ProcessEnv {
  const result = { ...source }
  for (const name of keyNames) {
    if (role === 'operator' || (name === 'COMITIA_KEEPER_KEY' && role === 'serve')) {
      // A process that answers strangers holds no coins, one that signs nothing no key.
      delete result[name]
      continue
    }
    const file = source[`${name}_FILE`]
    if (!file || source[name]) continue
    try {
      if (statSync(file).mode & 0o077)
        problems.push(`${name}_FILE: ${file} can be read by others; run chmod 600 ${file}`)
      else result[name] = readFileSync(file, 'utf8').trim()
    } catch {
      problems.push(`${name}_FILE: cannot read ${file}`)
    }
  }
  return result
}

function readRpcUrls(source: NodeJS.ProcessEnv, problems: string[]): Record<number, string[]> {
  const rpcUrls: Record<number, string[]> = {}
  for (const [name, value] of Object.entries(source)) {
    const match = /^RPC_URL_(.*)$/.exec(name)
    if (!match || !value) continue
    if (!/^[1-9]\d{0,14}$/.test(match[1] ?? ''))
      problems.push(`${name}: the part after RPC_URL_ must be a chain id`)
    else {
      const parsed = list.pipe(z.array(url(['http:', 'https:'])).min(1)).safeParse(value)
      if (parsed.success) rpcUrls[Number(match[1])] = parsed.data
      else problems.push(`${name}: ${parsed.error.issues[0]?.message}`)
    }
  }
  return rpcUrls
}

/** Keys a production process of each role cannot do without. */
const requiredKeys = {
  serve: ['COMITIA_RECEIPT_KEY', 'COMITIA_LOG_KEY'],
  worker: ['COMITIA_KEEPER_KEY', 'COMITIA_LOG_KEY'],
  /** `comitia module`: only its deployments are paid for. */
  module: [],
  /** The operator's commands on the database: nothing is signed. */
  operator: [],
} as const

export type Role = keyof typeof requiredKeys

/**
 * Reads and checks the environment; throws one `misconfigured` error that lists every problem, one line each,
 * by the name of the variable. Values of keys are never part of a message.
 */
export function readEnv(role: Role, source: NodeJS.ProcessEnv = process.env): Env {
  const problems: string[] = []
  const full = withKeyFiles(role, source, problems)
  const rpcUrls = readRpcUrls(full, problems)
  const witnesses = parseWitnesses(full.COMITIA_WITNESSES ?? '', problems)
  const set = Object.fromEntries(Object.entries(full).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(set)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0])
      problems.push(set[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`)
    }
  }
  // Anything that does not say it is something else is production: the safe way round.
  const production = set.COMITIA_DEMO !== '1' && !['development', 'test'].includes(set.NODE_ENV ?? '')
  if (production) {
    for (const name of requiredKeys[role]) {
      if (!set[name] && !source[`${name}_FILE`])
        problems.push(`${name} (or ${name}_FILE) is not set; production does not start without it`)
    }
  }
  if (!parsed.success || problems.length > 0) {
    throw new AppError('misconfigured', { message: [...new Set(problems)].join('\n') })
  }
  const values = parsed.data
  return {
    production,
    port: values.PORT,
    host: values.HOST,
    dataDir: path.resolve(values.COMITIA_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    rpcUrls,
    rpcTimeoutMs: values.COMITIA_RPC_TIMEOUT_MS,
    demo: values.COMITIA_DEMO === '1',
    publicUrl: values.COMITIA_PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    logLevel: values.COMITIA_LOG_LEVEL,
    spaceCreation: values.COMITIA_SPACE_CREATION,
    admins: values.COMITIA_ADMINS,
    rateLimit: values.COMITIA_RATE_LIMIT ?? (production ? 300 : 0),
    signerRateLimit: values.COMITIA_RATE_LIMIT_SIGNER ?? (production ? 120 : 0),
    trustedProxies: values.COMITIA_TRUSTED_PROXIES,
    apiStrategies: values.COMITIA_API_STRATEGIES === '1',
    passport:
      values.COMITIA_PASSPORT_URL === undefined
        ? undefined
        : { url: values.COMITIA_PASSPORT_URL, apiKey: values.COMITIA_PASSPORT_API_KEY },
    authSecret: values.COMITIA_AUTH_SECRET,
    receiptKey: values.COMITIA_RECEIPT_KEY,
    keeperKey: values.COMITIA_KEEPER_KEY,
    logKey: values.COMITIA_LOG_KEY,
    witnesses,
    // Anybody may make a space with a module of their own, and have it run what they like at the keeper's expense.
    keeperSpaces: values.COMITIA_KEEPER_SPACES ?? (production ? [] : 'all'),
  }
}
