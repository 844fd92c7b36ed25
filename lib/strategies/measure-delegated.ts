import type { Address } from 'viem'
import type { Chains } from '../chain/chains'
import { type Delegations, readDelegations } from './delegate-registry'
import { findBlockOn, type PowerRequest } from './strategy'
import { blameVoters, sumAccounts } from './sum-accounts'

/** Where delegations are registered. */
export interface DelegationSource {
  readonly space: string
  /** The registry's chain; the request's unless given. */
  readonly chainId?: number | undefined
}

/** The power that voters have through others, by Gnosis Guild's registry of delegates. */
export async function measureDelegated(
  chains: Chains,
  request: Pick<PowerRequest<unknown>, 'voters' | 'block' | 'blockOn'>,
  source: DelegationSource & {
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

/** Whom these accounts lend their power to, by the same registry. */
export async function listDelegates(
  chains: Chains,
  request: Pick<PowerRequest<unknown>, 'block' | 'blockOn'>,
  { space, chainId, accounts }: DelegationSource & { readonly accounts: Iterable<Address> },
): Promise<Set<Address>> {
  const delegations = await readDelegations(chains, await findBlockOn({ chains }, request, chainId), space)
  return new Set([...accounts].flatMap((account) => delegations.delegateOf(account) ?? []))
}
