import type { Address } from 'viem'
import type { Chains } from '../chain/chains'
import { type Delegations, readDelegations } from './delegate-registry'
import { findBlockOn, type PowerRequest } from './strategy'
import { blameVoters, sumAccounts } from './sum-accounts'

/** The power that voters have through others, by Gnosis Guild's registry of delegates. */
export async function measureDelegated(
  chains: Chains,
  request: Pick<PowerRequest<unknown>, 'voters' | 'block' | 'blockOn'>,
  source: {
    readonly space: string
    /** The registry's chain; the request's unless given. */
    readonly chainId?: number | undefined
    /** Whose power counts for a voter. */
    readonly accountsOf: (delegations: Delegations, voter: Address) => readonly Address[]
    readonly measure: (accounts: readonly Address[]) => Promise<ReadonlyMap<Address, bigint>>
  },
): Promise<Map<Address, bigint>> {
  const { voters, block } = request
  if (voters.length === 0) return new Map()
  const registryBlock = await findBlockOn({ chains }, request, source.chainId)
  const accountsOf = await blameVoters(
    request,
    () => [],
    async () => {
      const delegations = await readDelegations(chains, registryBlock, source.space)
      const found = new Map(voters.map((voter) => [voter, source.accountsOf(delegations, voter)]))
      await delegations.confirm([...new Set([...voters, ...[...found.values()].flat()])])
      return found
    },
  )
  return sumAccounts(block, accountsOf, source.measure)
}
