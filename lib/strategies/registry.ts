import { AppError } from '../core/errors'
import * as list from './strategies'
import type { Strategy } from './strategy'

export type StrategyId = (typeof list)[keyof typeof list]['id']

/** All of them, former versions too. */
export const strategies: readonly Strategy<StrategyId>[] = Object.values(list)

/** The strategy of that id: the version given, else the newest. Undefined when there is none. */
export function findStrategy(id: string, version?: number): Strategy<StrategyId> | undefined {
  return strategies
    .filter((strategy) => strategy.id === id && (version === undefined || strategy.version === version))
    .sort((a, b) => b.version - a.version)[0]
}

/** Like `findStrategy`; throws `not_found` when there is none. */
export function getStrategy(id: string, version?: number): Strategy<StrategyId> {
  const strategy = findStrategy(id, version)
  if (strategy) return strategy
  const name = version === undefined ? id : `${id}@${version}`
  throw new AppError('not_found', { message: `There is no strategy ${name}.` })
}
