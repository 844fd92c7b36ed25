import type { Hex, PublicClient } from 'viem'
import type { BlockRef } from './blocks'
import { type Call, CONCURRENCY, callOne, callTogether, hasMulticall, MULTICALL_CALLS } from './call-many'
import type { Chains } from './chains'
import { findContractFailure } from './contract-failure'
import { mapLimited } from './map-limited'
import { readChain } from './read-chain'

type Group = readonly Call[]
type Answers = readonly (Hex | undefined)[]

/**
 * Like `callMany`, for contracts that strangers named: how many requests there are is not theirs to say. Groups share
 * requests; one in which a call fails is asked once more as a whole and apart from the others, whose gas it may have used
 * up or whose calls may have used up its own. No call is made alone where the chain has Multicall3.
 */
export function callGroups(
  chains: Chains,
  { block, groups }: { readonly block: BlockRef; readonly groups: readonly Group[] },
): Promise<Answers[]> {
  return readChain(chains, block.chainId, async (client) => {
    if (!(await hasMulticall(client, block.number))) {
      const alone = await mapLimited(CONCURRENCY, groups.flat(), (call) =>
        callOne(client, block.number, call),
      )
      return deal(groups, alone)
    }
    const read = async (some: readonly Group[]) =>
      deal(some, await tryTogether(client, block.number, some.flat()))
    const answers = await mapLimited(CONCURRENCY, pack(groups), async (some) => {
      const told = await read(some)
      if (some.length === 1) return told
      const again = some.filter((_, i) => told[i]?.includes(undefined))
      const apart = await mapLimited(1, again, (group) => read([group]))
      return told.map((own) => (own.includes(undefined) ? (apart.shift()?.[0] ?? own) : own))
    })
    return answers.flat()
  })
}

/** Where the request as a whole runs out of gas, every call has failed. */
async function tryTogether(client: PublicClient, blockNumber: bigint, calls: Group): Promise<Answers> {
  try {
    return await callTogether(client, blockNumber, calls)
  } catch (error) {
    if (!findContractFailure(error)) throw error
    return calls.map(() => undefined)
  }
}

/** As many groups a request as it may have calls. */
function pack(groups: readonly Group[]): Group[][] {
  const packed: Group[][] = []
  let room = 0
  for (const group of groups) {
    if (group.length > room) {
      packed.push([])
      room = MULTICALL_CALLS
    }
    packed.at(-1)?.push(group)
    room -= group.length
  }
  return packed
}

/** To each group its answers. */
function deal(groups: readonly Group[], answers: Answers): Answers[] {
  let next = 0
  return groups.map(({ length }) => {
    next += length
    return answers.slice(next - length, next)
  })
}
