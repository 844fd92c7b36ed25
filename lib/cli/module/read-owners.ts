import { type Address, parseAbi } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'

const abi = parseAbi([
  'function getOwners() view returns (address[])',
  'function getThreshold() view returns (uint256)',
  'function isModuleEnabled(address module) view returns (bool)',
])

/** Who can enable a module on a Safe, and whether it is enabled. Throws `misconfigured` when there is no Safe. */
export async function readOwners(
  chains: Chains,
  wanted: { readonly safe: Address; readonly module: Address; readonly block: BlockRef },
): Promise<{ readonly owners: readonly Address[]; readonly threshold: number; readonly isEnabled: boolean }> {
  const { safe, module, block } = wanted
  const { chainId, number: blockNumber } = block
  const contract = { address: safe, abi, blockNumber } as const
  try {
    return await readChain(chains, chainId, async (client) => ({
      owners: await client.readContract({ ...contract, functionName: 'getOwners' }),
      threshold: Number(await client.readContract({ ...contract, functionName: 'getThreshold' })),
      isEnabled: await client.readContract({ ...contract, functionName: 'isModuleEnabled', args: [module] }),
    }))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    throw new AppError('misconfigured', {
      message: `--safe: there is no Safe at ${safe} on chain ${chainId}`,
    })
  }
}
