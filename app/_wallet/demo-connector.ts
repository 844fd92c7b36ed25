import {
  type Account,
  type Chain,
  createWalletClient,
  type EIP1193Provider,
  type Hex,
  hexToBigInt,
  http,
  numberToHex,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { createConnector } from 'wagmi'
import type { InstallationView } from '../../lib/core/views/installation-view'

type Demo = NonNullable<InstallationView['demo']>

interface Remembered extends Record<string, unknown> {
  'demo.account': string
}

/** The address of the local chain's RPC as seen from this page. */
export function demoRpcUrl(demo: Demo): string {
  return new URL(demo.rpcPath, globalThis.location?.origin ?? 'http://localhost').href
}

/**
 * A wallet for one of the demo's accounts, whose keys everybody knows. It signs at once, without asking.
 * Connector ids are `demo:<name in lower case>`.
 */
export function demoConnector(demo: Demo, { name, privateKey }: Demo['accounts'][number]) {
  const account = privateKeyToAccount(privateKey)
  return createConnector<EIP1193Provider, Record<string, unknown>, Remembered>(({ chains, storage }) => {
    const chain = chains.find(({ id }) => id === demo.chainId) ?? chains[0]
    const provider = demoProvider(account, chain, demoRpcUrl(demo))
    return {
      id: `demo:${name.toLowerCase()}`,
      name,
      type: 'demo',
      async connect() {
        await storage?.setItem('demo.account', name)
        // wagmi types the answer by a flag that nobody here sets: plain addresses are asked for.
        return { accounts: [account.address] as never, chainId: demo.chainId }
      },
      async disconnect() {
        await storage?.removeItem('demo.account')
      },
      getAccounts: async () => [account.address],
      getChainId: async () => demo.chainId,
      getProvider: async () => provider,
      // Asked of every account when a page loads: the one used last stays connected.
      isAuthorized: async () => (await storage?.getItem('demo.account')) === name,
      switchChain: async ({ chainId }) => {
        if (chainId !== demo.chainId) throw new Error('The demo wallet only knows the local chain.')
        return chain
      },
      onAccountsChanged() {},
      onChainChanged() {},
      onDisconnect() {},
    }
  })
}

/** Answers what a page asks of a wallet; everything else goes to the chain. */
function demoProvider(
  account: ReturnType<typeof privateKeyToAccount>,
  chain: Chain,
  url: string,
): EIP1193Provider {
  const client = createWalletClient({ account: account as Account, chain, transport: http(url) })
  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    const values = (params ?? []) as readonly unknown[]
    switch (method) {
      case 'eth_accounts':
      case 'eth_requestAccounts':
        return [account.address]
      case 'eth_chainId':
        return numberToHex(chain.id)
      case 'eth_signTypedData_v4':
        return account.signTypedData(JSON.parse(String(values[1])))
      case 'personal_sign':
        return account.signMessage({ message: { raw: values[0] as Hex } })
      case 'eth_sendTransaction': {
        const { to, data, value } = values[0] as { to: Hex; data?: Hex; value?: Hex }
        return client.sendTransaction({
          account,
          chain,
          to,
          data: data ?? '0x',
          value: value ? hexToBigInt(value) : 0n,
        })
      }
      default:
        return client.request({ method, params } as Parameters<typeof client.request>[0])
    }
  }
  return { request, on() {}, removeListener() {} } as unknown as EIP1193Provider
}
