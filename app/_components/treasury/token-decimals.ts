import { strategyToken } from '../../../lib/core/settlement/strategy-token'
import type { StrategyView } from '../../../lib/core/views/proposal-view'

/** Decimals of the token that a module's votes are of: what one whole vote is in its smallest unit. */
export function tokenDecimals({ strategies }: { readonly strategies: readonly StrategyView[] }): number {
  return strategyToken(strategies[0]?.params)?.decimals ?? 18
}
