import type { Address, Hex } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'

/** An account's code at a block, lower-case hex; '0x' for none. Throws `chain_unavailable`. */
export async function readCode(
  chains: Chains,
  { address, block }: { readonly address: Address; readonly block: BlockRef },
): Promise<Hex> {
  const { chainId, number: blockNumber } = block
  const code = await readChain(chains, chainId, (client) => client.getCode({ address, blockNumber }))
  return (code?.toLowerCase() ?? '0x') as Hex
}
