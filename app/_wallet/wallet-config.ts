import { type Chain, defineChain } from 'viem'
import { createConfig, createStorage, http, injected, unstable_connector } from 'wagmi'
import type { InstallationView } from '../../lib/core/views/installation-view'
import { demoConnector, demoRpcUrl } from './demo-connector'

/**
 * The wallets a page can talk to: those that announce themselves (EIP-6963), a plain `window.ethereum`, and in
 * the demo its named accounts. Chains other than the demo's are read through the wallet itself: the page
 * connects to no other server than its own.
 */
export function createWalletConfig({ chains, demo }: InstallationView) {
  const known = chains.map((chain) =>
    defineChain({
      id: chain.id,
      name: chain.name,
      nativeCurrency: { name: chain.symbol, symbol: chain.symbol, decimals: 18 },
      rpcUrls: { default: { http: demo?.chainId === chain.id ? [demoRpcUrl(demo)] : [] } },
      ...(chain.explorer && { blockExplorers: { default: { name: 'Explorer', url: chain.explorer } } }),
    }),
  )
  const [first = fallbackChain, ...others] = known
  return createConfig({
    chains: [first, ...others],
    transports: Object.fromEntries(
      [first, ...others].map(({ id }) => [
        id,
        demo?.chainId === id ? http(demoRpcUrl(demo)) : unstable_connector(injected),
      ]),
    ),
    connectors: demo ? demo.accounts.map((account) => demoConnector(demo, account)) : [],
    storage: createStorage({
      key: 'comitia.wallet',
      ...(typeof window !== 'undefined' && { storage: window.localStorage }),
    }),
    ssr: true,
  })
}

/** An installation without any chain still shows its pages. */
const fallbackChain: Chain = defineChain({
  id: 1,
  name: 'Ethereum',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: { default: { http: [] } },
})
