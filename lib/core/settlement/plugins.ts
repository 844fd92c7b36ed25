import type { Address } from 'abitype'
import { getAddress, isAddress } from 'viem/utils'
import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import { buildModulePlugins, type ModuleRef } from './module-plugins'

/** A proposal whose calls a Safe's owners confirm, as its signed `plugins` name it. */
export interface ExecutionRef {
  readonly chainId: number
  /** EIP-55. */
  readonly safe: Address
  readonly executionHash: HexString
}

/** The exact `plugins` text of a proposal that asks for this execution. One reference has one text. */
export function buildPlugins(ref: ExecutionRef | ModuleRef): string {
  if ('module' in ref) return buildModulePlugins(ref)
  const { chainId, safe, executionHash } = ref
  return JSON.stringify({ comitia: { chainId: String(chainId), safe: getAddress(safe), executionHash } })
}

/**
 * Reads a proposal's `plugins`; null when they ask for no execution here. Which executor carries it out is told by the
 * key that names the account: `safe` is a Safe whose owners confirm, `module` one whose tally module counts. Refuses a `comitia` entry that is not
 * letter for letter what `buildPlugins` writes, so that what was signed can be rebuilt from its parts.
 */
export function parsePlugins(text: string): ExecutionRef | ModuleRef | null {
  const entry = comitiaEntry(text)
  if (entry === null) return null
  const { chainId, executionHash } = entry
  if (
    typeof chainId !== 'string' ||
    !/^[1-9]\d{0,15}$/.test(chainId) ||
    !Number.isSafeInteger(Number(chainId))
  ) {
    return refuse('plugins: comitia.chainId must be a chain id in decimal digits')
  }
  const account = 'module' in entry ? readModule(entry) : readSafe(entry)
  if (!isHash(executionHash)) {
    return refuse('plugins: comitia.executionHash must be 0x and 64 lower-case hex digits')
  }
  const ref: ExecutionRef | ModuleRef = { chainId: Number(chainId), ...account, executionHash }
  if (buildPlugins(ref) !== text) refuse(`plugins must be exactly ${buildPlugins(ref)}`)
  return ref
}

/**
 * The reference in `plugins` that `parsePlugins` accepted, read from stored JSON, which keeps no order of keys; null when
 * there is none.
 */
export function storedRef(plugins: unknown): ExecutionRef | ModuleRef | null {
  if (!isRecord(plugins) || !isRecord(plugins.comitia)) return null
  const { chainId, executionHash, safe, module, config } = plugins.comitia
  const account = safe === undefined ? { module, config } : { safe }
  return parsePlugins(JSON.stringify({ comitia: { chainId, ...account, executionHash } }))
}

function readSafe({ safe }: Record<string, unknown>): Pick<ExecutionRef, 'safe'> {
  if (typeof safe === 'string' && isAddress(safe)) return { safe }
  return refuse('plugins: comitia.safe must be the address of a Safe with its checksum')
}

function readModule({ module, config }: Record<string, unknown>): Pick<ModuleRef, 'module' | 'config'> {
  if (typeof module !== 'string' || !isAddress(module)) {
    return refuse('plugins: comitia.module must be the address of a tally module with its checksum')
  }
  if (!isHash(config)) return refuse('plugins: comitia.config must be 0x and 64 lower-case hex digits')
  return { module, config }
}

function isHash(value: unknown): value is HexString {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value)
}

function comitiaEntry(text: string): Record<string, unknown> | null {
  if (text === '') return null
  let plugins: unknown
  try {
    plugins = JSON.parse(text)
  } catch {
    return refuse('plugins are not valid JSON')
  }
  if (!isRecord(plugins) || !Object.hasOwn(plugins, 'comitia')) return null
  return isRecord(plugins.comitia) ? plugins.comitia : refuse('plugins: comitia must be an object')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
