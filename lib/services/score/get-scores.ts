import { toDouble } from '../../core/tally/fixed-point'
import type { Context } from '../context'
import { measureScores } from './measure-scores'
import { readAddresses, readMoment, readNetwork, readStrategies } from './read-question'

/** What Snapshot's `/api/scores` answers. */
export interface Scores {
  readonly state: 'final' | 'pending'
  /** By strategy: power in whole votes of those who have any, by address in EIP-55. */
  readonly scores: readonly Readonly<Record<string, number>>[]
}

/** The powers of many addresses, as the parameters ask. Throws `ScoreError`, and as `measurePower`. */
export async function getScores(
  ctx: Pick<Context, 'chains' | 'db' | 'fetchPublic'>,
  params: Readonly<Record<string, unknown>>,
): Promise<Scores> {
  const network = readNetwork(ctx, params.network)
  const voters = readAddresses(params.addresses ?? [])
  const strategies = readStrategies(ctx, params.strategies, { network, addresses: voters.length })
  const at = await readMoment(ctx, network, params.snapshot)
  const powers = [...(await measureScores(ctx, { strategies, at, voters }))]
  return {
    state: at === 'latest' ? 'pending' : 'final',
    scores: strategies.map((_, index) =>
      Object.fromEntries(
        powers.flatMap(([voter, { byStrategy }]) => {
          const power = byStrategy[index] ?? 0n
          return power > 0n ? [[voter, toDouble(power)]] : []
        }),
      ),
    ),
  }
}
