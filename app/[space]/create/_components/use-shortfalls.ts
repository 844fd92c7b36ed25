'use client'
import { useQueries, useQuery } from '@tanstack/react-query'
import { usePublicClient } from 'wagmi'
import { formatUnits } from '../../../../lib/core/proposal/format-units'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { useInstallation } from '../../../_components/installation'
import type { BuiltCall } from './call-draft'
import { coinHolding, tokenHolding } from './holding-queries'
import { sumsSent } from './sums-sent'

/** By asset that the calls send and whose balance is known: what the Safe lacks of it now, in a sentence; null where nothing. */
export function useShortfalls(
  treasury: SpaceView['treasuries'][number] | null,
  built: readonly BuiltCall[],
): readonly (string | null)[] {
  const { coin } = useInstallation()
  const chainId = Number(treasury?.network ?? 0)
  const client = usePublicClient({ chainId })
  const holder = { client, chainId, safe: treasury?.address ?? '0x' } as const
  const sums = treasury ? sumsSent(built) : []
  const coins = useQuery({
    ...coinHolding(holder),
    enabled: client !== undefined && sums.some(({ token }) => token === null),
  })
  const tokens = useQueries({
    queries: sums.flatMap(({ token }) => (token ? [tokenHolding(holder, token.address)] : [])),
  })
  const held = [...(sums[0]?.token === null ? [coins.data] : []), ...tokens.map(({ data }) => data?.balance)]
  return sums.flatMap(({ token, units }, index) => {
    const balance = held[index]
    if (balance === undefined || balance === null) return []
    if (balance >= units) return [null]
    const amount = (value: bigint) =>
      formatUnits(value, { decimals: token?.decimals ?? 18, fraction: 'exact' })
    return [
      `The calls send ${amount(units)} ${token?.symbol ?? coin(chainId)}; the Safe holds ${amount(balance)} now.`,
    ]
  })
}
