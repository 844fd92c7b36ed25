import { getStrategy } from '../../strategies/registry'
import { type Demands, demandsOf } from '../../strategies/strategy'
import type { FrozenStrategy } from './frozen-strategy'

/** Whether power by these depends on who else votes, so that it may change until the vote is over. */
export function dependsOnBallots(strategies: readonly FrozenStrategy[]): boolean {
  return strategies.some((strategy) => demandsOfFrozen(strategy).ballots)
}

/** What a strategy that a proposal keeps takes. */
export function demandsOfFrozen({ id, version, params }: FrozenStrategy): Demands {
  const strategy = getStrategy(id, version)
  return demandsOf(strategy, strategy.paramsSchema.parse(params))
}
