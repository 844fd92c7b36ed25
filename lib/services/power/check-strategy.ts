import { refuse } from '../../core/errors'
import type { SpaceSettings } from '../../core/messages/settings'
import { findStrategy } from '../../strategies/registry'
import { type Demands, demandsOf } from '../../strategies/strategy'
import type { Context } from '../context'

/** Refuses a strategy that this installation cannot measure, in Snapshot's words where it has some. */
export function checkStrategy(
  { chains, fetchPublic }: Pick<Context, 'chains' | 'fetchPublic'>,
  { name, network, params }: SpaceSettings['strategies'][number],
): Demands {
  const strategy = findStrategy(name) ?? refuse(`strategy '${name}' is not a valid strategy`)
  const parsed = strategy.paramsSchema.safeParse(params ?? {})
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refuse(
      `strategy '${name}' has wrong params: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`,
    )
  }
  const demands = demandsOf(strategy, parsed.data)
  const networks = [...(network === undefined ? [] : [Number(network)]), ...demands.chains]
  if (networks.some((id) => !chains.has(id))) refuse('network not allowed')
  if (demands.web && !fetchPublic) refuse(`strategy '${name}' asks other servers, which is not allowed here`)
  return demands
}
