import { z } from 'zod'
import type { SpaceSettings } from '../../core/messages/settings'
import { getStrategy } from '../../strategies/registry'

const frozenStrategySchema = z.object({
  id: z.string(),
  version: z.int(),
  /** Chain id in decimal. */
  network: z.string(),
  params: z.unknown(),
})

/** A source of voting power as a proposal keeps it: which code, on which chain, with what parameters. */
export type FrozenStrategy = z.output<typeof frozenStrategySchema>

/** Reads the `strategies` column of a proposal. */
export function readFrozenStrategies(json: unknown): FrozenStrategy[] {
  return z.array(frozenStrategySchema).parse(json)
}

/** The strategies of a space as a proposal made now would keep them. Throws `not_found` for one that is not there. */
export function freezeStrategies(
  settings: Pick<SpaceSettings, 'network'>,
  strategies: SpaceSettings['strategies'],
): FrozenStrategy[] {
  return strategies.map(({ name, network, params }) => ({
    id: name,
    version: getStrategy(name).version,
    network: network ?? settings.network,
    params: params ?? {},
  }))
}
