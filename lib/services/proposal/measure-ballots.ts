import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { listVoters } from '../../db/vote/list-voters'
import type { Context } from '../context'
import { dependsOnBallots } from '../power/depends-on-ballots'
import { readFrozenStrategies } from '../power/frozen-strategy'
import { measureEach } from '../power/measure-each'
import { snapshotOf } from './snapshot-of'

export interface MeasuredBallots {
  /** By strategy. */
  readonly powers: ReadonlyMap<Address, readonly bigint[]>
  /** They depend on who else votes, and the vote is not over. */
  readonly provisional: boolean
  /** Why somebody's power is not known yet. */
  readonly open: AppError | undefined
}

/**
 * What ballots of these voters count in a proposal, with whoever has voted by now. One whose power a strategy's contract
 * cannot tell at a final block, and so never will, has none. Throws as `measurePower`.
 */
export async function measureBallots(
  ctx: Context,
  proposal: ProposalRow,
  voters: readonly Address[],
): Promise<MeasuredBallots> {
  const strategies = readFrozenStrategies(proposal.strategies)
  const depends = dependsOnBallots(strategies)
  const ballots = depends ? new Set((await listVoters(ctx.db, proposal.id)) as Address[]) : undefined
  const question = { strategies, at: snapshotOf(proposal), voters, ballots, keep: true }
  const powers = new Map<Address, readonly bigint[]>()
  let open: AppError | undefined
  for (const [voter, answer] of await measureEach(ctx, question)) {
    if (!(answer instanceof AppError)) powers.set(voter, answer.byStrategy)
    else if (answer.details.final === true) {
      ctx.log.warn({ event: 'power.unreadable', proposal: proposal.id, voter, reason: answer.message })
      powers.set(
        voter,
        strategies.map(() => 0n),
      )
    } else open = answer
  }
  // Voters who were read after the close are all there will be.
  return { powers, provisional: depends && proposal.closedAt === null, open }
}
