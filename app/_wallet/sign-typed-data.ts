import { createWalletClient, custom, type EIP1193Provider, type TypedDataDefinition } from 'viem'
import type { HexString } from '../../lib/core/views/hex-string'

/** Asks a wallet to sign typed data as `address`. Opens the wallet; throws when its owner declines. */
export function signTypedData(
  provider: EIP1193Provider,
  address: HexString,
  typedData: {
    readonly domain: object
    readonly types: object
    readonly primaryType: string
    readonly message: object
  },
): Promise<HexString> {
  const client = createWalletClient({ account: address, transport: custom(provider) })
  // Which message it is, is known at run time only; viem checks values against types itself.
  return client.signTypedData({ account: address, ...(typedData as TypedDataDefinition) })
}
