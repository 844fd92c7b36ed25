'use client'
import { useQuery } from '@tanstack/react-query'
import { numberToHex } from 'viem'
import { useWallet } from '../../../../_wallet/use-wallet'

/**
 * Whether the connected account is a contract on a chain; undefined while unknown, also when the wallet looks at
 * another chain. A key with delegated code (EIP-7702) still signs as a key.
 */
export function useContractWallet(chainId: number | null): boolean | undefined {
  const { address, provider } = useWallet()
  const { data } = useQuery({
    queryKey: ['contract-wallet', chainId, address],
    enabled: address !== null && chainId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async () => {
      const wallet = await provider()
      if (address === null || chainId === null) return null
      if ((await wallet.request({ method: 'eth_chainId' })) !== numberToHex(chainId)) return null
      const code = await wallet.request({ method: 'eth_getCode', params: [address, 'latest'] })
      return code !== '0x' && !code.startsWith('0xef0100')
    },
  })
  return data ?? undefined
}
