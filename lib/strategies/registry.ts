import { AppError } from '../core/errors'
import type { FindNested } from './nest'
import * as list from './strategies'
import type { Strategy } from './strategy'

type Listed = (typeof list)[keyof typeof list]
type IdOf<Item> = Item extends (findNested: FindNested) => Strategy<infer Id>
  ? Id
  : Item extends Strategy<infer Id>
    ? Id
    : never
export type StrategyId = IdOf<Listed>

/** Strategies that are made of strategies that are made of strategies. */
const MAX_DEPTH = 3

/** All of them, former versions too. */
export const strategies: readonly Strategy<StrategyId>[] = strategiesAt(1)

/** Those that may stand at a depth, where 1 is the outermost. */
function strategiesAt(depth: number): Strategy<StrategyId>[] {
  let inner: Strategy[] | undefined
  const findNested: FindNested = (id) => {
    inner ??= strategiesAt(depth + 1)
    // What an old proposal nested by name must stay what it was: a new version is for a new version of the outer one.
    return inner.find((strategy) => strategy.id === id && strategy.version === 1)
  }
  return Object.values(list).flatMap((item: Listed): Strategy<StrategyId>[] => {
    if (typeof item !== 'function') return [item]
    return depth <= MAX_DEPTH ? [item(findNested)] : []
  })
}

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
