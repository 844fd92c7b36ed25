import { type Address, toFunctionSelector } from 'viem'
import type { BlockRef } from './blocks'
import { hasMulticall, MULTICALL3 } from './call-many'
import type { Chains } from './chains'
import { mapLimited } from './map-limited'
import { readChain } from './read-chain'
import { readMany } from './read-many'

const selector = toFunctionSelector('function getEthBalance(address)')
/** Requests under way at once where accounts are asked about one by one. */
const CONCURRENCY = 8

/** What accounts hold of the chain's own currency at one block, in wei, in order. Throws `chain_unavailable`. */
export async function fetchBalances(
  chains: Chains,
  block: BlockRef,
  accounts: readonly Address[],
): Promise<bigint[]> {
  const { chainId, number: blockNumber } = block
  const together = await readChain(chains, chainId, (client) => hasMulticall(client, blockNumber))
  const known = together
    ? await readMany(chains, { block, target: MULTICALL3, selector, voters: accounts })
    : []
  return readChain(chains, chainId, (client) =>
    mapLimited(
      CONCURRENCY,
      [...accounts.entries()],
      async ([i, address]) => known[i] ?? client.getBalance({ address, blockNumber }),
    ),
  )
}
