import type { PublicClient } from 'viem'
import type { Chains } from './chains'
import { translateError } from './translate-error'

/**
 * Runs `read` with the chain's client and throws only `AppError`s, as `translateError` lists them. The way to
 * read a chain, here and in every other module.
 */
export async function readChain<T>(
  chains: Chains,
  chainId: number,
  read: (client: PublicClient) => Promise<T>,
): Promise<T> {
  try {
    return await read(await chains.client(chainId))
  } catch (error) {
    throw translateError(error, chainId)
  }
}
