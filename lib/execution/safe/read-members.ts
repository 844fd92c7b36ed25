import { type Address, getAddress, keccak256, parseAbi, sliceHex, stringToHex } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'

/** Who acts for a Safe or may stop it, beside its owners. */
export interface SafeMembers {
  /** What checks the owners' transactions; null for none. */
  readonly guard: Address | null
  /** Enabled modules, the newest first; at most 50 of them. */
  readonly modules: readonly Address[]
}

const abi = parseAbi([
  'function getModulesPaginated(address start, uint256 pageSize) view returns (address[] array, address next)',
])
const guardSlot = keccak256(stringToHex('guard_manager.guard.address'))
/** Where a Safe's list of modules begins and ends. */
const sentinel = '0x0000000000000000000000000000000000000001'
const most = 50n

/** Reads a Safe at `block`. Throws `chain_unavailable`, and `invalid` for what is no Safe. */
export function readMembers(
  chains: Chains,
  { safe, block }: { readonly safe: Address; readonly block: BlockRef },
): Promise<SafeMembers> {
  const { chainId, number: blockNumber } = block
  return readChain(chains, chainId, async (client) => {
    const [slot, [modules]] = await Promise.all([
      client.getStorageAt({ address: safe, slot: guardSlot, blockNumber }),
      client.readContract({
        address: safe,
        abi,
        functionName: 'getModulesPaginated',
        args: [sentinel, most],
        blockNumber,
      }),
    ])
    const isGuarded = slot !== undefined && BigInt(slot) !== 0n
    return { guard: isGuarded ? getAddress(sliceHex(slot, 12)) : null, modules }
  })
}
