'use client'
import { useQuery } from '@tanstack/react-query'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import type { RelayedView } from '../../../../../lib/core/views/relayed-view'
import { api } from '../../../../_components/api'
import { useWallet } from '../../../../_wallet/use-wallet'

/**
 * Ballots of contract wallets that are not accepted, as far as they concern the reader: `own`, of the connected wallet, the
 * one that an owner has signed for or else the newest, and `asOwner`, those that wait, are of Safes that the connected account
 * is an owner of, and have the signature of one.
 */
export function useRelayedVotes({ id, state }: Pick<ProposalView, 'id' | 'state'>): {
  readonly own: RelayedView | null
  readonly asOwner: readonly RelayedView[]
} {
  const { address } = useWallet()
  const { data } = useQuery({
    queryKey: ['relayed', 'votes', id, address],
    queryFn: () => api.relayedOn(id, address ?? ''),
    enabled: address !== null && state === 'active',
    refetchInterval: 5000,
  })
  const ballots = (data ?? []).filter(({ kind }) => kind.startsWith('vote'))
  const own = ballots.find((item) => item.address === address)
  return {
    own: own && own.state !== 'accepted' ? own : null,
    asOwner: ballots.filter((item) => item.state === 'waiting' && item.address !== address),
  }
}
