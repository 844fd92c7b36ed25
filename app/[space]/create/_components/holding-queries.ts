import { queryOptions } from '@tanstack/react-query'
import { erc20Abi, isAddress, type PublicClient } from 'viem'

interface Holder {
  readonly client: PublicClient | undefined
  readonly chainId: number
  readonly safe: `0x${string}`
}

/** What the Safe holds in the chain's coin; null when the reader's wallet cannot tell. */
export const coinHolding = ({ client, chainId, safe }: Holder) =>
  queryOptions({
    queryKey: ['holding', chainId, safe],
    queryFn: async () => (await client?.getBalance({ address: safe })) ?? null,
    enabled: client !== undefined,
    retry: false,
  })

/** What a token calls itself, and what the Safe holds of it. */
export const tokenHolding = ({ client, chainId, safe }: Holder, address: string) =>
  queryOptions({
    queryKey: ['token', chainId, address, safe],
    queryFn: async () => {
      if (!client || !isAddress(address)) return null
      const [symbol, decimals, balance] = await Promise.all([
        client.readContract({ address, abi: erc20Abi, functionName: 'symbol' }),
        client.readContract({ address, abi: erc20Abi, functionName: 'decimals' }),
        client.readContract({ address, abi: erc20Abi, functionName: 'balanceOf', args: [safe] }),
      ])
      return { symbol: symbol.slice(0, 16), decimals, balance }
    },
    enabled: client !== undefined && isAddress(address),
    retry: false,
  })
