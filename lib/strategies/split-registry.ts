import {
  type Address,
  getAddress,
  type Hex,
  keccak256,
  pad,
  parseAbi,
  parseEventLogs,
  type RpcLog,
  size,
  slice,
  stringToHex,
  toEventSelector,
} from 'viem'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import { type Logged, type LogSource, listLogs } from '../chain/log-index'
import { readChain } from '../chain/read-chain'
import { AppError } from '../core/errors'
import { createMemory } from '../platform/remember'
import { DELEGATE_REGISTRY } from './delegate-registry'
import { createLendingGraph, type LendingGraph, type Loan } from './lending-graph'

/** Gnosis Guild's second registry: several delegates by weight, until a time, and accounts that take none. */
export const SPLIT_REGISTRY = '0xDE1e8A7E184Babd9F0E3af18f40634e9Ed6F0905'

const first = parseAbi([
  'event SetDelegate(address indexed account, bytes32 indexed id, address indexed delegate)',
  'event ClearDelegate(address indexed account, bytes32 indexed id, address indexed delegate)',
])
const second = parseAbi([
  'struct Delegation { bytes32 delegate; uint256 ratio; }',
  'event DelegationUpdated(address indexed account, string context, Delegation[] previous, Delegation[] delegation, uint256 expiration)',
  'event DelegationCleared(address indexed account, string context, Delegation[] cleared)',
  'event ExpirationUpdated(address indexed account, string context, Delegation[] delegation, uint256 expiration)',
  'event OptOutStatusSet(address indexed account, string context, bool optout)',
])

/** A number beyond that counts as this one, as in the reference. */
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** What an account said last in one of the two registries. */
interface Standing {
  readonly delegates: ReadonlyMap<Address, bigint>
  /** Unix seconds; 0 for never. */
  readonly expiration: bigint
  readonly optedOut: boolean
}

interface Change {
  readonly registry: Address
  readonly account: Address
  /** It names delegates anew, by which its registry becomes the one that counts. */
  readonly isSetting: boolean
  readonly changed: Partial<Standing>
}

const remember = createMemory<LendingGraph>(16)

/**
 * Who lends to whom in a space, as both registries' events tell, by the rules of the strategy's reference backend: of an
 * account the registry counts in which it last named delegates; what has expired or is lent to accounts that take none is
 * left out. Throws `invalid` where there is neither registry.
 */
export function readLendingGraph(chains: Chains, block: BlockRef, space: string): Promise<LendingGraph> {
  const read = async () => createLendingGraph(listLoans(await listChanges(chains, block, space), block))
  return block.final ? remember(chains, `${block.chainId} ${block.hash} ${space}`, read) : read()
}

async function listChanges(chains: Chains, block: BlockRef, space: string): Promise<Change[]> {
  const codes = await readChain(chains, block.chainId, (client) =>
    Promise.all(
      [DELEGATE_REGISTRY, SPLIT_REGISTRY].map((address) =>
        client.getCode({ address: address as Address, blockNumber: block.number }),
      ),
    ),
  )
  if (codes.every((code) => code === undefined)) {
    throw new AppError('invalid', {
      message: `Chain ${block.chainId} has no registry of delegates at block ${block.number}.`,
    })
  }
  const changes: Logged<Change>[] = []
  for (const source of sourcesOf(space)) changes.push(...(await listLogs(chains, block, source)))
  return changes.sort((a, b) => a.position - b.position).map(({ entry }) => entry)
}

function sourcesOf(space: string): LogSource<Change>[] {
  return [
    {
      name: `split delegations ${space}`,
      address: DELEGATE_REGISTRY,
      topics: [first.map((event) => toEventSelector(event)), null, [idOf(space)]],
      keep: readFirst,
    },
    {
      name: `split delegations ${space}`,
      address: SPLIT_REGISTRY,
      topics: [second.map((event) => toEventSelector(event))],
      keep: (log) => readSecond(log, space),
    },
  ]
}

function idOf(space: string): Hex {
  const name = stringToHex(space)
  return size(name) < 32 ? pad(name, { size: 32, dir: 'right' }) : keccak256(name)
}

function readFirst(log: RpcLog): Change | undefined {
  const [event] = parseEventLogs({ abi: first, logs: [log] })
  if (!event) return undefined
  const { eventName, args } = event
  const isSetting = eventName === 'SetDelegate'
  const delegates = new Map(isSetting ? [[args.delegate, 100n]] : [])
  const changed = { delegates, expiration: 0n }
  return { registry: DELEGATE_REGISTRY, account: args.account, isSetting, changed }
}

function readSecond(log: RpcLog, space: string): Change | undefined {
  const [event] = parseEventLogs({ abi: second, logs: [log] })
  if (event?.args.context !== space) return undefined
  const { eventName, args } = event
  const change = { registry: SPLIT_REGISTRY, account: args.account, isSetting: false } as const
  switch (eventName) {
    case 'DelegationUpdated': {
      const delegates = new Map(
        args.delegation.map(({ delegate, ratio }) => [
          getAddress(slice(delegate, 12)),
          ratio > MAX_SAFE ? MAX_SAFE : ratio,
        ]),
      )
      const expiration = readExpiration(args.expiration)
      return { ...change, isSetting: true, changed: { delegates, expiration } }
    }
    case 'DelegationCleared':
      return { ...change, changed: { delegates: new Map(), expiration: 0n } }
    case 'ExpirationUpdated':
      return { ...change, changed: { expiration: readExpiration(args.expiration) } }
    case 'OptOutStatusSet':
      return { ...change, changed: { optedOut: args.optout } }
  }
}

function readExpiration(seconds: bigint): bigint {
  return seconds > MAX_SAFE ? 0n : seconds
}

/** In the order in which accounts first appeared: that decides which loan of a circle is void. */
function listLoans(changes: readonly Change[], { timestamp }: BlockRef): Loan[] {
  const accounts = new Map<Address, { registry: Address; standings: Map<Address, Standing> }>()
  for (const { registry, account, isSetting, changed } of changes) {
    const known = accounts.get(account) ?? { registry, standings: new Map<Address, Standing>() }
    accounts.set(account, known)
    if (isSetting) known.registry = registry
    const before = known.standings.get(registry) ?? none
    known.standings.set(registry, { ...before, ...changed })
  }
  const standings = [...accounts].map(
    ([account, { registry, standings }]) => [account, standings.get(registry) ?? none] as const,
  )
  const optedOut = new Set(standings.flatMap(([account, standing]) => (standing.optedOut ? account : [])))
  return standings
    .filter(([, { expiration }]) => expiration === 0n || expiration >= timestamp)
    .flatMap(([from, { delegates }]) => [...delegates].map(([to, weight]) => ({ from, to, weight })))
    .filter(({ to, weight }) => weight > 0n && !optedOut.has(to))
}

const none: Standing = { delegates: new Map(), expiration: 0n, optedOut: false }
