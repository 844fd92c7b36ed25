import { type Address, getAddress, isAddress, zeroAddress } from 'viem'
import { z } from 'zod'
import { fetchBlock } from '../../chain/blocks'
import { AppError } from '../../core/errors'
import { type SpaceSettings, settingsSchema } from '../../core/messages/settings'
import { findStrategy } from '../../strategies/registry'
import type { Context } from '../context'
import { checkStrategy } from '../power/check-strategy'
import type { SnapshotBlock } from '../power/find-block'
import { type FrozenStrategy, freezeStrategies } from '../power/frozen-strategy'
import { ScoreError } from './score-error'

/** In one request. */
const MAX_STRATEGIES = 10
/** Of their JSON, in characters: reading it holds up everybody else. */
const MAX_LENGTH = 100_000
/** Nested ones too. */
const MAX_PARTS = 32
/** Of these parts, those that ask other servers. */
const MAX_WEB_PARTS = 2
const MAX_ADDRESSES = 10_000
/** Addresses times strategies, nested ones too: each may be a read for every address. */
const MAX_READS = 100_000

const networkSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[1-9][0-9]{0,14}$/))

const strategiesSchema = z.array(
  z.looseObject({
    name: z.string(),
    network: networkSchema.nullish(),
    params: settingsSchema.shape.strategies.element.shape.params.nullish(),
  }),
)

/** An account as clients write it, in lower case or EIP-55. */
export function readAddress(value: unknown): Address {
  if (typeof value === 'string' && value !== zeroAddress && isAddress(value)) return getAddress(value)
  throw new ScoreError(400, 'invalid address')
}

/** Accounts, each once. One of Starknet has no power here, so it is left out. */
export function readAddresses(value: unknown): Address[] {
  if (!Array.isArray(value)) throw new ScoreError(400, 'invalid address')
  if (value.length > MAX_ADDRESSES)
    throw new ScoreError(400, `invalid addresses length: at most ${MAX_ADDRESSES}`)
  const evm = value.filter((item) => !(typeof item === 'string' && /^0x[0-9a-f]{64}$/i.test(item)))
  return [...new Set(evm.map(readAddress))]
}

/** The chain asked about, in decimal. */
export function readNetwork({ chains }: Pick<Context, 'chains'>, value: unknown): string {
  const network = networkSchema.safeParse(value ?? '1').data
  if (network !== undefined && chains.has(Number(network))) return network
  throw new ScoreError(500, `network ${String(value ?? '1').slice(0, 20)} is not served here`)
}

/** Refuses what would take long to read; to be asked before anything is read. */
export function checkLength(name: 'strategies' | 'params', value: unknown): void {
  if (JSON.stringify(value ?? null).length > MAX_LENGTH) {
    throw new ScoreError(400, `invalid ${name} length: at most ${MAX_LENGTH} characters`)
  }
}

/** Strategies that can be measured here, at most ten, not too long or large, and not for too many addresses. */
export function readStrategies(
  ctx: Pick<Context, 'chains' | 'fetchPublic'>,
  value: unknown,
  { network, addresses }: { readonly network: string; readonly addresses: number },
): FrozenStrategy[] {
  checkLength('strategies', value)
  const parsed = strategiesSchema.safeParse(value ?? [])
  if (!parsed.success || parsed.data.length === 0 || parsed.data.length > MAX_STRATEGIES) {
    throw new ScoreError(400, 'invalid strategies length')
  }
  const strategies: SpaceSettings['strategies'] = parsed.data.map(({ name, network, params }) => ({
    name,
    params: params ?? {},
    ...(network && { network }),
  }))
  const unknown = strategies.flatMap(({ name }) => (findStrategy(name) ? [] : name))
  if (unknown.length > 0) throw new ScoreError(400, `invalid strategies: ${unknown.join().slice(0, 500)}`)
  const demands = strategies.map((strategy) => checkStrategy(ctx, strategy))
  const parts = demands.reduce((sum, { size }) => sum + size, 0)
  if (parts > MAX_PARTS)
    throw new ScoreError(400, `invalid strategies length: at most ${MAX_PARTS}, nested ones too`)
  if (demands.reduce((sum, { web }) => sum + web, 0) > MAX_WEB_PARTS)
    throw new ScoreError(400, `invalid strategies length: at most ${MAX_WEB_PARTS} that ask other servers`)
  if (parts * addresses > MAX_READS)
    throw new ScoreError(400, 'invalid strategies length: too much for so many addresses')
  return freezeStrategies({ network }, strategies)
}

/** The block asked about; one that is still to come is the newest, as is everything that is no number. */
export async function readMoment(
  { chains }: Pick<Context, 'chains'>,
  network: string,
  snapshot: unknown,
): Promise<SnapshotBlock | 'latest'> {
  if (typeof snapshot !== 'number' || !Number.isSafeInteger(snapshot) || snapshot < 0) return 'latest'
  return fetchBlock(chains, Number(network), snapshot).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'invalid') return 'latest'
    throw error
  })
}
