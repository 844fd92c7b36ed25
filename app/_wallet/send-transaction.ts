import { createPublicClient, createWalletClient, custom, type EIP1193Provider } from 'viem'
import type { HexString } from '../../lib/core/views/hex-string'
import { switchChain } from './switch-chain'

/**
 * Sends a transaction from a wallet and waits until it is in a block.
 *
 * @param onSent called with its hash as soon as the wallet has sent it
 * @throws when the owner declines, or the transaction ran and failed
 */
export async function sendTransaction(
  provider: EIP1193Provider,
  request: {
    readonly chainId: number
    readonly from: HexString
    readonly to: HexString
    readonly data: HexString
    /** Wei. */
    readonly value?: bigint
  },
  onSent: (hash: HexString) => void,
): Promise<HexString> {
  await switchChain(provider, request.chainId)
  const transport = custom(provider)
  const hash = await createWalletClient({ account: request.from, transport }).sendTransaction({
    chain: null,
    to: request.to,
    data: request.data,
    value: request.value ?? 0n,
  })
  onSent(hash)
  const receipt = await createPublicClient({ transport, pollingInterval: 1000 }).waitForTransactionReceipt({
    hash,
  })
  if (receipt.status !== 'success') throw new Error(`The transaction ${hash} ran and failed.`)
  return hash
}
