import type { StrategyOffer } from '../../core/views/installation-view'
import { strategies } from '../../strategies/registry'
import { demandsOf } from '../../strategies/strategy'
import type { Context } from '../context'
import { schemaOf } from './schema-of'

/** Every source of voting power, the newest version of each. */
export function listStrategies({ fetchPublic }: Pick<Context, 'fetchPublic'>): StrategyOffer[] {
  return strategies
    .filter(({ id, version }) => !strategies.some((other) => other.id === id && other.version > version))
    .map((strategy) => {
      const { id, version, label, paramsSchema, example } = strategy
      const demands = demandsOf(strategy, paramsSchema.parse(example))
      return {
        id,
        version,
        label,
        schema: schemaOf(paramsSchema),
        example,
        unavailable: demands.web && !fetchPublic ? 'it asks other servers, which is not allowed here' : null,
        provisional: demands.ballots,
      }
    })
}
