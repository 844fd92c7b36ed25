import type { StrategyView } from '../../core/views/proposal-view'
import { findStrategy } from '../../strategies/registry'
import type { FrozenStrategy } from '../power/frozen-strategy'

/** Strategies for people. One that is no longer installed keeps its name. */
export function viewStrategies(strategies: readonly FrozenStrategy[]): StrategyView[] {
  return strategies.map(({ id, version, network, params }) => {
    const strategy = findStrategy(id, version)
    const parsed = strategy?.paramsSchema.safeParse(params ?? {})
    return {
      id,
      version,
      label: strategy?.label ?? id,
      description:
        strategy && parsed?.success
          ? strategy.describe(parsed.data)
          : `The strategy ${id}@${version} is not part of this installation.`,
      chainId: Number(network),
      params,
    }
  })
}
