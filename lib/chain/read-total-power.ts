import type { Address, Hex } from 'viem'
import { votesPowerSourceAbi } from './abi/votes-power-source'
import { fetchBlock } from './blocks'
import type { Chains } from './chains'
import { readChain } from './read-chain'

/** Where and when a tally module reads all power that there is. */
export interface TotalPowerQuestion {
  readonly chainId: number
  readonly powerSource: Address
  readonly powerParams: Hex
  /** The block that the proposal names. */
  readonly snapshot: bigint
  /** The proposal's signed time, unix seconds. */
  readonly signedAt: number
}

/**
 * All power at a module proposal's timepoint, in the source's smallest unit, as the chain tells it now: the timepoint is the
 * snapshot by a clock of blocks, the second before the signature by one of seconds. Throws as `readChain`.
 */
export async function readTotalPower(
  chains: Chains,
  { chainId, powerSource, powerParams, snapshot, signedAt }: TotalPowerQuestion,
): Promise<bigint> {
  const { number: blockNumber } = await fetchBlock(chains, chainId, 'latest')
  const source = { address: powerSource, abi: votesPowerSourceAbi, blockNumber } as const
  return readChain(chains, chainId, async (client) => {
    const [, isTimestamp] = await client.readContract({
      ...source,
      functionName: 'clock',
      args: [powerParams],
    })
    const timepoint = isTimestamp ? BigInt(signedAt - 1) : snapshot
    return client.readContract({ ...source, functionName: 'totalAt', args: [powerParams, timepoint] })
  })
}
