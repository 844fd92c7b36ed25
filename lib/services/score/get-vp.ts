import type { Context } from '../context'
import { asDouble } from '../hub/as-double'
import { measureScores } from './measure-scores'
import { readAddress, readMoment, readNetwork, readStrategies } from './read-question'

/** What Snapshot's `get_vp` answers: power in whole votes. */
export interface VotingPower {
  readonly vp: number
  readonly vp_by_strategy: readonly number[]
  /** `final` at a block that is there, `pending` at the newest. */
  readonly vp_state: 'final' | 'pending'
}

/** The power of one address, as its parameters ask. Throws `ScoreError`, and as `measurePower`. */
export async function getVp(
  ctx: Pick<Context, 'chains' | 'db' | 'fetchPublic'>,
  params: Readonly<Record<string, unknown>>,
): Promise<VotingPower> {
  const address = readAddress(params.address)
  const network = readNetwork(ctx, params.network)
  const strategies = readStrategies(ctx, params.strategies, { network, addresses: 1 })
  const at = await readMoment(ctx, network, params.snapshot)
  const power = (await measureScores(ctx, { strategies, at, voters: [address] })).get(address)
  return {
    vp: asDouble(String(power?.total ?? 0n)),
    vp_by_strategy: (power?.byStrategy ?? []).map((part) => asDouble(String(part))),
    vp_state: at === 'latest' ? 'pending' : 'final',
  }
}
