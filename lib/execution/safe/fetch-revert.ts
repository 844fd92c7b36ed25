import { type Address, type Hex, isHex } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'

/** The data a call reverts with at `block`, '0x' for none; null when it goes through. Throws `chain_unavailable`. */
export async function fetchRevert(
  chains: Chains,
  block: BlockRef,
  call: { readonly account?: Address; readonly to: Address; readonly value?: bigint; readonly data: Hex },
): Promise<Hex | null> {
  try {
    await readChain(chains, block.chainId, (client) => client.call({ ...call, blockNumber: block.number }))
    return null
  } catch (error) {
    const reverted = error instanceof AppError ? error.details.reverted : undefined
    if (isHex(reverted)) return reverted
    throw error
  }
}
