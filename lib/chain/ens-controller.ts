import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  decodeFunctionResult,
  encodeFunctionData,
  getAddress,
  isAddress,
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
const UNIVERSAL_RESOLVER = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe'
const NAME_WRAPPER = '0xD4416b13d2b3a9aBae7AcD5D6C2BbDBE25686401'

const ensAbi = parseAbi([
  'function owner(bytes32 node) view returns (address)',
  'function ownerOf(uint256 id) view returns (address)',
  'function text(bytes32 node, string key) view returns (string)',
  'function resolveWithGateways(bytes name, bytes data, string[] gateways) view returns (bytes, address)',
  'error ResolverNotFound(bytes name)',
  'error ResolverNotContract(bytes name, address resolver)',
  'error UnsupportedResolverProfile(bytes4 selector)',
  'error ResolverError(bytes errorData)',
])

/** The resolver's ways to say that there is no such record. Any other revert is a failure. */
const NO_RECORD = ['ResolverNotFound', 'ResolverNotContract', 'UnsupportedResolverProfile']
/** `NotImplemented()`, wrapped in ResolverError by resolvers without text records. */
const NOT_IMPLEMENTED = '0xd6234725'

export interface SpaceController {
  readonly address: Address
  /** Whether the name's text record `snapshot` says so, or there is none and the name's owner counts. */
  readonly source: 'text-record' | 'owner'
  readonly block: BlockRef
}

/**
 * Who may change the settings of the space of this ENS name, read from Ethereum's latest block as Snapshot does:
 * the text record `snapshot`, an address or a URI with an address in it, else the owner, of a wrapped name too.
 * Undefined when the name is owned by nobody, or is no valid name.
 *
 * A failed read throws `controller_unknown` and never falls through to the owner: the record may name somebody
 * else. That includes names that resolve off chain (CCIP-Read), since the server fetches no URL that a contract
 * gives it. Sepolia stands in where Ethereum is not configured; there the record is required, because the old
 * registry no longer knows who owns a name.
 */
export async function fetchSpaceController(
  chains: Chains,
  ensName: string,
): Promise<SpaceController | undefined> {
  const name = normalizeName(ensName)
  if (name === undefined) return undefined
  const chainId = chains.has(1) || !chains.has(11155111) ? 1 : 11155111
  try {
    const block = await fetchBlock(chains, chainId, 'latest')
    return await readChain(chains, chainId, async (client) => {
      const record = await fetchRecord(client, name, block)
      if (record) return { address: record, source: 'text-record', block }
      if (chainId !== 1) refuse('The name has no text record "snapshot" with an address.')
      const owner = await fetchOwner(client, name, block)
      return owner && { address: owner, source: 'owner', block }
    })
  } catch (cause) {
    throw new AppError('controller_unknown', {
      message: `The controller of ${name} could not be read from ENS on chain ${chainId}.`,
      cause,
    })
  }
}

function normalizeName(name: string): string | undefined {
  try {
    return normalize(name)
  } catch {
    return undefined
  }
}

async function fetchRecord(
  client: PublicClient,
  name: string,
  block: BlockRef,
): Promise<Address | undefined> {
  try {
    const [answer] = await client.readContract({
      address: UNIVERSAL_RESOLVER,
      abi: ensAbi,
      functionName: 'resolveWithGateways',
      args: [
        toHex(packetToBytes(name)),
        encodeFunctionData({ abi: ensAbi, functionName: 'text', args: [namehash(name), 'snapshot'] }),
        [],
      ],
      blockNumber: block.number,
    })
    if (answer === '0x') return undefined
    return parseRecord(decodeFunctionResult({ abi: ensAbi, functionName: 'text', data: answer }))
  } catch (error) {
    if (saysNoRecord(error)) return undefined
    throw error
  }
}

/** The address, or the one in a URI such as `https://host/…/…/0x…` at the place where Snapshot looks for it. */
function parseRecord(record: string): Address | undefined {
  const parts = record.split('/')
  const candidate = parts.length === 1 ? record : parts[parts.includes('testnet') ? 5 : 4]
  return candidate && isAddress(candidate) ? getAddress(candidate) : undefined
}

function saysNoRecord(error: unknown): boolean {
  const revert =
    error instanceof BaseError
      ? error.walk((cause) => cause instanceof ContractFunctionRevertedError)
      : undefined
  if (!(revert instanceof ContractFunctionRevertedError) || !revert.data) return false
  const { errorName, args } = revert.data
  return NO_RECORD.includes(errorName) || (errorName === 'ResolverError' && args?.[0] === NOT_IMPLEMENTED)
}

async function fetchOwner(client: PublicClient, name: string, block: BlockRef): Promise<Address | undefined> {
  const node = namehash(name)
  const registered = await client.readContract({
    address: REGISTRY,
    abi: ensAbi,
    functionName: 'owner',
    args: [node],
    blockNumber: block.number,
  })
  const owner =
    registered === NAME_WRAPPER
      ? await client.readContract({
          address: NAME_WRAPPER,
          abi: ensAbi,
          functionName: 'ownerOf',
          args: [BigInt(node)],
          blockNumber: block.number,
        })
      : registered
  return owner === zeroAddress ? undefined : owner
}
