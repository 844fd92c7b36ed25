import {
  type Address,
  getAddress,
  type Hex,
  hexToBigInt,
  pad,
  size,
  slice,
  stringToHex,
  toEventSelector,
  toFunctionSelector,
} from 'viem'
import { z } from 'zod'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import { type LogSource, listLogs } from '../chain/log-index'
import { readMany } from '../chain/read-many'
import { AppError } from '../core/errors'
import { name } from '../core/messages/payload-fields'
import { createMemory } from '../platform/remember'

/** Gnosis Guild's registry of delegates, the same on every chain that has it. */
export const DELEGATE_REGISTRY = '0x469788fE6E9E9681C6ebF3bF78e7Fd26Fc015446'

const SET = toEventSelector('SetDelegate(address,bytes32,address)')
const CLEAR = toEventSelector('ClearDelegate(address,bytes32,address)')
const selector = toFunctionSelector('delegation(address,bytes32)')

/** Stands in the registry for delegations that are for every space. */
const EVERYWHERE = pad('0x', { size: 32 })

/** Whose delegations count. */
export const delegationSpace = z
  .string('Name the space whose delegations count, as delegators write it: for Snapshot its ENS name.')
  .pipe(name(64))

/** Who lends his power to whom in a space, at one block. */
export interface Delegations {
  /** Who lends his power to this account. */
  delegatorsOf(delegate: Address): readonly Address[]
  /** Whom this account lends its power to. */
  delegateOf(account: Address): Address | undefined
  /** Whether an account lends its power to somebody. */
  isLending(account: Address): boolean
  /**
   * Holds what the logs say of these accounts against what the registry says. Throws `chain_unavailable` when they differ,
   * which is a node that left logs out, and `invalid` where there is no registry.
   */
  confirm(accounts: readonly Address[]): Promise<void>
}

/** A change: from then on the delegator has that delegate under that id; undefined for none. */
interface Change {
  readonly id: Hex
  readonly delegator: Address
  readonly delegate: Address | undefined
}

const remember = createMemory<Delegations>(16)

/** By space, how often what was read of it turned out wrong: then it is read anew. */
const misreadings = new WeakMap<Chains, Map<string, number>>()

/**
 * Delegations of a space as the registry's own events tell, by Snapshot's rules: one for the space comes before one for
 * every space, and `dao` stands for `dao.eth` too; of those two the later.
 */
export function readDelegations(chains: Chains, block: BlockRef, space: string): Promise<Delegations> {
  const misread = misreadings.get(chains)?.get(`${block.chainId} ${space}`) ?? 0
  const name = `delegations ${space}, reading ${misread + 1}`
  const read = () => replay(chains, block, { space, name })
  return block.final ? remember(chains, `${block.chainId} ${block.hash} ${name}`, read) : read()
}

async function replay(
  chains: Chains,
  block: BlockRef,
  { space, name }: { readonly space: string; readonly name: string },
): Promise<Delegations> {
  const ids = idsOf(space)
  const source: LogSource<Change> = {
    name,
    address: DELEGATE_REGISTRY,
    topics: [[SET, CLEAR], null, ids],
    keep: ({ topics: [event, delegator, id, delegate] }) =>
      delegator && id && delegate
        ? { id, delegator: addressOf(delegator), delegate: event === SET ? addressOf(delegate) : undefined }
        : undefined,
    subject: ({ id, delegator }) => `${delegator} ${id}`,
  }
  /** By delegator, then by id, the id set last at the end. */
  const states = new Map<Address, Map<Hex, Address>>()
  for (const { entry } of await listLogs(chains, block, source)) {
    const state = states.get(entry.delegator) ?? new Map<Hex, Address>()
    states.set(entry.delegator, state)
    state.delete(entry.id)
    if (entry.delegate) state.set(entry.id, entry.delegate)
  }
  const delegates = new Map<Address, Address>()
  const delegators = new Map<Address, Address[]>()
  for (const [delegator, state] of states) {
    const delegate = [...state].findLast(([id]) => id !== EVERYWHERE)?.[1] ?? state.get(EVERYWHERE)
    if (!delegate) continue
    delegates.set(delegator, delegate)
    const known = delegators.get(delegate)
    if (known) known.push(delegator)
    else delegators.set(delegate, [delegator])
  }
  return {
    delegatorsOf: (delegate) => delegators.get(delegate) ?? [],
    delegateOf: (account) => delegates.get(account),
    isLending: (account) => (states.get(account)?.size ?? 0) > 0,
    async confirm(accounts) {
      for (const id of ids) {
        const answers = await readMany(chains, {
          block,
          target: DELEGATE_REGISTRY,
          selector,
          tail: id,
          voters: accounts,
        })
        if (answers.includes(undefined)) {
          throw new AppError('invalid', {
            message: `Chain ${block.chainId} has no registry of delegates at block ${block.number}.`,
          })
        }
        const isTrue = accounts.every(
          (account, i) => answers[i] === hexToBigInt(states.get(account)?.get(id) ?? '0x0'),
        )
        if (!isTrue) distrust(chains, block, space)
      }
    },
  }
}

function distrust(chains: Chains, { chainId }: BlockRef, space: string): never {
  const known = misreadings.get(chains) ?? new Map<string, number>()
  misreadings.set(chains, known)
  const key = `${chainId} ${space}`
  known.set(key, (known.get(key) ?? 0) + 1)
  throw new AppError('chain_unavailable', {
    message: `The logs of the delegate registry that an endpoint of chain ${chainId} gives are not complete.`,
  })
}

/** Under which ids Snapshot looks: for every space, for this one, and for it without ".eth". */
function idsOf(space: string): Hex[] {
  const names = [...new Set([space, space.replace('.eth', '')])].map((name) => stringToHex(name))
  // A longer name has no id in this registry.
  const fitting = names.filter((name) => size(name) > 0 && size(name) < 32)
  return [EVERYWHERE, ...fitting.map((name) => pad(name, { size: 32, dir: 'right' }))]
}

function addressOf(topic: Hex): Address {
  return getAddress(slice(topic, 12))
}
