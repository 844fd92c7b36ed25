import type { Address } from 'viem'
import type { BlockRef } from './blocks'
import type { Chains } from './chains'
import { readChain } from './read-chain'

/** Whether there is a contract at an address at a block. Throws `chain_unavailable`. */
export function hasCode(
  chains: Chains,
  { chainId, number: blockNumber }: Pick<BlockRef, 'chainId' | 'number'>,
  address: Address,
): Promise<boolean> {
  return readChain(chains, chainId, async (client) => {
    const code = await client.getCode({ address, blockNumber })
    return code !== undefined && code !== '0x'
  })
}
