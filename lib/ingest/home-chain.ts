import type { Chains } from '../chain/chains'
import { ensChainId } from '../chain/ens-name'

/** The chain whose contract wallets may sign what is about no space: that of ENS, or the first one that is served. */
export function homeChain(chains: Chains): number {
  const ens = ensChainId(chains)
  return chains.has(ens) ? ens : (chains.ids[0] ?? ens)
}
