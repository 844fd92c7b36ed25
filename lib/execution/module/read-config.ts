import type { Address, Hex } from 'viem'
import { tallyModuleAbi } from '../../chain/abi/tally-module'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { hashModuleConfig, type ModuleConfig } from '../../core/settlement/module-config'

/**
 * The config of that hash, which a module has or had; null for one it never had. Throws `chain_unavailable`, and
 * `invalid` where there is no module.
 */
export async function readConfig(
  chains: Chains,
  { module, hash, block }: { readonly module: Address; readonly hash: Hex; readonly block: BlockRef },
): Promise<ModuleConfig | null> {
  const config = await readChain(chains, block.chainId, (client) =>
    client.readContract({
      address: module,
      abi: tallyModuleAbi,
      functionName: 'configOf',
      args: [hash],
      blockNumber: block.number,
    }),
  )
  return hashModuleConfig(config) === hash ? config : null
}
