import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  decodeFunctionResult,
  encodeFunctionData,
  getAddress,
  type Hex,
  isAddress,
  labelhash,
  namehash,
  type PublicClient,
  parseAbi,
  toHex,
  zeroAddress,
} from 'viem'
import { normalize, packetToBytes } from 'viem/ens'
import { AppError, refuse } from '../core/errors'
import { type BlockRef, fetchBlock } from './blocks'
import type { Chains } from './chains'
import { readChain } from './read-chain'

const REGISTRY = '0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e'
const REGISTRAR = '0x57f1887a8BF19b14fC0dF6Fd9B2acc9Af147eA85'
const UNIVERSAL_RESOLVER = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe'
const NAME_WRAPPER = '0xD4416b13d2b3a9aBae7AcD5D6C2BbDBE25686401'

const ensAbi = parseAbi([
  'function owner(bytes32 node) view returns (address)',
  'function nameExpires(uint256 id) view returns (uint256)',
  'function getData(uint256 id) view returns (address owner, uint32 fuses, uint64 expiry)',
  'function text(bytes32 node, string key) view returns (string)',
  'function addr(bytes32 node) view returns (address)',
  'function resolveWithGateways(bytes name, bytes data, string[] gateways) view returns (bytes, address)',
  'error ResolverNotFound(bytes name)',
  'error ResolverNotContract(bytes name, address resolver)',
  'error UnsupportedResolverProfile(bytes4 selector)',
  'error ResolverError(bytes errorData)',
])

/** The resolver's ways to say that there is no such record. Any other revert is a failure. */
const NO_RECORD = ['ResolverNotFound', 'ResolverNotContract', 'UnsupportedResolverProfile']
/** `NotImplemented()`, wrapped in ResolverError by resolvers without such records. */
const NOT_IMPLEMENTED = '0xd6234725'
/** The fuse of a wrapped name that whoever owns the name above it cannot take back before it expires. */
const PARENT_CANNOT_CONTROL = 1 << 16
/** How long a .eth name that expired is left to who had it. */
const GRACE_SECONDS = 90 * 86_400
/** Kept by other registries, which Snapshot asks by way of other chains and servers. */
const FOREIGN = ['shib', 'sonic']

/** What ENS says of a name, at one block. */
export interface EnsName {
  /** Normalised. */
  readonly name: string
  /** Null: nobody; also on Sepolia, whose old registry no longer knows. */
  readonly owner: Address | null
  /** Who may change the settings of the space of this name; null: nobody. */
  readonly controller: Address | null
  /** Whether the text record names him, or there is none and the owner counts. */
  readonly source: 'text-record' | 'owner'
  /** Unix seconds when its registration ends, or that of the .eth name above it; null where none does. */
  readonly expiresAt: number | null
  /** Unix seconds until which nobody but its owner can give it away; null: whoever has the name above it always can. */
  readonly keptUntil: number | null
  readonly block: BlockRef
}

/** The chain whose ENS counts: Sepolia stands in where Ethereum is not configured. */
export function ensChainId(chains: Pick<Chains, 'has'>): number {
  return chains.has(1) || !chains.has(11155111) ? 1 : 11155111
}

/**
 * Who controls and owns an ENS name, read from the latest block as Snapshot does: its controller is whom the text record
 * `snapshot` names, an address or a URI with an address in it, else the owner, of a wrapped name too. A name below
 * another that has no entry of its own belongs to the address that it resolves to. Undefined for what is no valid name.
 *
 * A failed read throws `controller_unknown` and never falls through to the owner: the record may name somebody
 * else. That includes names that resolve off chain (CCIP-Read), since the server fetches no URL that a contract
 * gives it. On Sepolia the record is required. Refuses names that other registries keep.
 */
export async function fetchEnsName(chains: Chains, ensName: string): Promise<EnsName | undefined> {
  const name = normalizeName(ensName)
  if (name === undefined) return undefined
  const top = name.split('.').at(-1) ?? ''
  if (FOREIGN.includes(top))
    refuse(`names under .${top} are kept by another registry, which is not read here`)
  const chainId = ensChainId(chains)
  try {
    const block = await fetchBlock(chains, chainId, 'latest')
    return await readChain(chains, chainId, async (client) => {
      const at = { client, name, block }
      const record = parseRecord(await fetchRecord(at, 'text'))
      if (chainId !== 1) {
        if (!record) refuse('The name has no text record "snapshot" with an address.')
        const unknown = { owner: null, expiresAt: null, keptUntil: null }
        return { name, ...unknown, controller: record, source: 'text-record', block }
      }
      const held = await fetchOwner(at)
      const source = record ? 'text-record' : 'owner'
      return { name, ...held, controller: record ?? held.owner, source, block }
    })
  } catch (cause) {
    throw new AppError('controller_unknown', {
      message: `The controller of ${name} could not be read from ENS on chain ${chainId}.`,
      cause,
    })
  }
}

interface NameAt {
  readonly client: PublicClient
  readonly name: string
  readonly block: BlockRef
}

function normalizeName(name: string): string | undefined {
  try {
    return normalize(name)
  } catch {
    return undefined
  }
}

async function fetchRecord(
  { client, name, block }: NameAt,
  kind: 'text' | 'addr',
): Promise<string | undefined> {
  const node = namehash(name)
  const data =
    kind === 'text'
      ? encodeFunctionData({ abi: ensAbi, functionName: kind, args: [node, 'snapshot'] })
      : encodeFunctionData({ abi: ensAbi, functionName: kind, args: [node] })
  try {
    const [answer] = await client.readContract({
      address: UNIVERSAL_RESOLVER,
      abi: ensAbi,
      functionName: 'resolveWithGateways',
      args: [toHex(packetToBytes(name)), data, []],
      blockNumber: block.number,
    })
    return answer === '0x'
      ? undefined
      : decodeFunctionResult({ abi: ensAbi, functionName: kind, data: answer })
  } catch (error) {
    if (saysNoRecord(error, name)) return undefined
    throw error
  }
}

/** The address, or the one in a URI such as `https://host/…/…/0x…` at the place where Snapshot looks for it. */
function parseRecord(record: string | undefined): Address | null {
  const parts = record?.split('/') ?? []
  const candidate = parts.length === 1 ? parts[0] : parts[parts.includes('testnet') ? 5 : 4]
  return candidate && isAddress(candidate) ? getAddress(candidate) : null
}

/** The resolvers of DNS names answer every question that they do not know with an error. */
function saysNoRecord(error: unknown, name: string): boolean {
  const revert =
    error instanceof BaseError
      ? error.walk((cause) => cause instanceof ContractFunctionRevertedError)
      : undefined
  if (!(revert instanceof ContractFunctionRevertedError) || !revert.data) return false
  const { errorName, args } = revert.data
  const isDns = name.split('.').length === 2 && !name.endsWith('.eth')
  return (
    NO_RECORD.includes(errorName) ||
    (errorName === 'ResolverError' && (isDns || args?.[0] === NOT_IMPLEMENTED))
  )
}

async function fetchOwner(at: NameAt): Promise<Pick<EnsName, 'owner' | 'expiresAt' | 'keptUntil'>> {
  const [{ owner, wrappedUntil }, registeredUntil] = await Promise.all([
    fetchHolder(at),
    fetchRegistration(at),
  ])
  const ends = [wrappedUntil, registeredUntil].filter((end) => end !== null)
  const isBelow = at.name.split('.').length > 2
  const resolved = owner === null && isBelow ? await fetchRecord(at, 'addr') : undefined
  const registrationKept = registeredUntil && registeredUntil + GRACE_SECONDS
  return {
    owner: owner ?? (resolved && resolved !== zeroAddress ? getAddress(resolved) : null),
    expiresAt: ends.length > 0 ? Math.min(...ends) : null,
    // A name below another that is not cut off from it has no end of its own.
    keptUntil: isBelow
      ? wrappedUntil
      : registrationKept && Math.min(registrationKept, wrappedUntil ?? Infinity),
  }
}

async function fetchHolder({ client, name, block }: NameAt) {
  const node = namehash(name)
  const registered = await client.readContract({
    address: REGISTRY,
    abi: ensAbi,
    functionName: 'owner',
    args: [node],
    blockNumber: block.number,
  })
  if (registered !== NAME_WRAPPER) return { owner: orNull(registered), wrappedUntil: null }
  const [owner, fuses, expiry] = await client.readContract({
    address: NAME_WRAPPER,
    abi: ensAbi,
    functionName: 'getData',
    args: [BigInt(node)],
    blockNumber: block.number,
  })
  // Of a name that is not cut off from the one above it nothing ends at its expiry. The wrapper forgets the owner then.
  const ends = owner === zeroAddress || (fuses & PARENT_CANNOT_CONTROL) !== 0
  return { owner: orNull(owner), wrappedUntil: ends && expiry > 0n ? Number(expiry) : null }
}

/** Until when the .eth name is registered that this is or is below of: who registers it next can take both. */
async function fetchRegistration({ client, name, block }: NameAt): Promise<number | null> {
  const [top, second] = name.split('.').reverse()
  if (top !== 'eth' || second === undefined) return null
  const expires = await client.readContract({
    address: REGISTRAR,
    abi: ensAbi,
    functionName: 'nameExpires',
    args: [BigInt(labelhash(second))],
    blockNumber: block.number,
  })
  // What was never registered belongs to nobody, which its owner says.
  return expires > 0n ? Number(expires) : null
}

function orNull(owner: Hex): Address | null {
  return owner === zeroAddress ? null : owner
}
