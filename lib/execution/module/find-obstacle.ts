import type { Hex } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import type { NextAct } from '../../core/views/settlement-view'
import { fetchRevert } from '../safe/fetch-revert'
import { describeFailure, simulateBatch } from '../safe/simulate-batch'
import { actData } from './act-data'
import { explainRevert, revertName } from './explain-revert'
import { findWrongPower } from './find-wrong-power'
import type { Standing } from './standing'

/**
 * Why a registration, a withdrawal or an execution that is due would revert at `block`, or a commitment could not be
 * proven, in a sentence; null when nothing is in its way, or will not be in a later block. A proof tells its sender when
 * its gas is estimated.
 */
export async function findObstacle(
  chains: Chains,
  standing: Standing,
  act: NextAct,
  block: BlockRef,
): Promise<string | null> {
  const { election, reading, at } = standing
  const { calls, cancellation } = election
  const revertOf = (data: Hex) => fetchRevert(chains, block, { to: election.config.module, data })

  if (act.act === 'register') {
    const reverted = await revertOf(actData.register(election))
    return reverted === null || revertName(reverted) === 'TimepointNotPast' ? null : explainRevert(reverted)
  }
  if (act.act === 'cancel' && cancellation) {
    const reverted = await revertOf(actData.cancel(election, cancellation))
    return reverted && explainRevert(reverted)
  }
  if (act.act === 'commit') {
    const { config, record } = reading
    const timepoint = record.proposal?.timepoint ?? 0n
    return findWrongPower(chains, { config, timepoint, ballots: await election.ballots(), block })
  }
  // A chain that mines on demand may stand before that time still, and would answer TooEarly.
  if (act.act !== 'execute' || act.from > at || block.timestamp < act.from) return null
  const reverted = await revertOf(actData.execute(election))
  if (reverted && revertName(reverted) === 'CallFailed') {
    const failure = await simulateBatch(chains, { safe: reading.safe, calls, block })
    if (failure) return describeFailure(failure, calls.length)
  }
  return reverted && explainRevert(reverted)
}
