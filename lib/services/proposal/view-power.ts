import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import type { PowerView } from '../../core/views/proposal-view'
import { getStrategy } from '../../strategies/registry'
import type { Context } from '../context'
import { dependsOnBallots } from '../power/depends-on-ballots'
import type { SnapshotBlock } from '../power/find-block'
import type { FrozenStrategy } from '../power/frozen-strategy'
import { measurePower } from '../power/measure-power'
import { viewStrategies } from './view-strategies'

/** A voter's power with its sources; `pending` and what is waited for while it cannot be read. */
export async function viewPower(
  ctx: Context,
  question: {
    readonly strategies: readonly FrozenStrategy[]
    readonly at: SnapshotBlock
    readonly voter: Address
  },
): Promise<PowerView> {
  const { strategies, at, voter } = question
  const measured = await measurePower(ctx, { strategies, at, voters: [voter] }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'chain_unavailable') return error
    throw error
  })
  const power = measured instanceof AppError ? undefined : measured.get(voter)
  return {
    voter,
    state: power ? 'known' : 'pending',
    total: (power?.total ?? 0n).toString(),
    byStrategy: viewStrategies(strategies).map((strategy, index) => ({
      strategy,
      power: (power?.byStrategy[index] ?? 0n).toString(),
    })),
    block: { chainId: at.chainId, number: at.number.toString(), timestamp: at.timestamp },
    whyZero: power && power.total === 0n ? explainZero(strategies) : null,
    waitingFor: measured instanceof AppError ? measured.message : null,
    provisional: dependsOnBallots(strategies),
  }
}

function explainZero(strategies: readonly FrozenStrategy[]): string {
  const reasons = strategies.map(({ id, version, params }) => {
    const strategy = getStrategy(id, version)
    return strategy.explainZero(strategy.paramsSchema.parse(params))
  })
  return [...new Set(reasons)].join(' ')
}
