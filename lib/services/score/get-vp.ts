import type { Context } from '../context'
import { measureScores } from './measure-scores'
import { readAddress, readMoment, readNetwork, readStrategies } from './read-question'
import { type VotingPower, viewVp } from './view-vp'

/** The power of one address, as `get_vp`'s parameters ask. Throws `ScoreError`, and as `measurePower`. */
export async function getVp(
  ctx: Pick<Context, 'chains' | 'db' | 'fetchPublic'>,
  params: Readonly<Record<string, unknown>>,
): Promise<VotingPower> {
  const address = readAddress(params.address)
  const network = readNetwork(ctx, params.network)
  const strategies = readStrategies(ctx, params.strategies, { network, addresses: 1 })
  const at = await readMoment(ctx, network, params.snapshot)
  const powers = await measureScores(ctx, { strategies, at, voters: [address] })
  return viewVp(powers.get(address), at)
}
