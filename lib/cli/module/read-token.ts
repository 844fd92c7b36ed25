import { type Address, parseAbi } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'

/** A token whose past votes a module can ask for. */
export interface VotesToken {
  readonly address: Address
  readonly symbol: string
  readonly decimals: number
  readonly clock: 'block-number' | 'timestamp'
}

const abi = parseAbi([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
  'function CLOCK_MODE() view returns (string)',
  'function getPastVotes(address account, uint256 timepoint) view returns (uint256)',
  'function getPastTotalSupply(uint256 timepoint) view returns (uint256)',
])

/** Reads the token at `block`. Throws `misconfigured` when it does not keep votes, `chain_unavailable`. */
export async function readToken(
  chains: Chains,
  { token, block }: { readonly token: Address; readonly block: BlockRef },
): Promise<VotesToken> {
  const { chainId, number: blockNumber, timestamp } = block
  const contract = { address: token, abi, blockNumber } as const
  const mode = await answer((client) => client.readContract({ ...contract, functionName: 'CLOCK_MODE' }))
  const clock = mode === 'mode=timestamp' ? 'timestamp' : 'block-number'
  const past = (clock === 'timestamp' ? BigInt(timestamp) : blockNumber) - 1n
  const [supply, votes, symbol, decimals] = await Promise.all([
    answer((client) =>
      client.readContract({ ...contract, functionName: 'getPastTotalSupply', args: [past] }),
    ),
    answer((client) =>
      client.readContract({ ...contract, functionName: 'getPastVotes', args: [token, past] }),
    ),
    answer((client) => client.readContract({ ...contract, functionName: 'symbol' })),
    answer((client) => client.readContract({ ...contract, functionName: 'decimals' })),
  ])
  if (supply === null || votes === null) {
    throw new AppError('misconfigured', {
      message: `powerSource.votes: ${token} on chain ${chainId} is no token with past votes (IVotes)`,
    })
  }
  if (decimals === null || decimals > 18) {
    throw new AppError('misconfigured', {
      message: `powerSource.votes: ${token} has ${decimals ?? 'no'} decimals; at most 18 can be counted`,
    })
  }
  return { address: token, symbol: symbol ?? 'votes', decimals, clock }

  /** Null when the token does not answer; only a chain that cannot be read throws. */
  function answer<T>(read: Parameters<typeof readChain<T>>[2]): Promise<T | null> {
    return readChain(chains, chainId, read).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'invalid') return null
      throw error
    })
  }
}
