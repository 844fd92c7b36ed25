import { createWalletClient, custom, type EIP1193Provider } from 'viem'

/** Makes a wallet look at a chain, asking its owner when it looks at another one. Off-chain signatures do not need this. */
export async function switchChain(provider: EIP1193Provider, chainId: number): Promise<void> {
  const client = createWalletClient({ transport: custom(provider) })
  if ((await client.getChainId()) !== chainId) await client.switchChain({ id: chainId })
}
