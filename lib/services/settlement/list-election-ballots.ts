import { AppError } from '../../core/errors'
import { findDefinition } from '../../core/messages/definitions'
import type { SignedMessage } from '../../core/messages/envelope'
import { type BallotRecord, ballotRecordOf, type SignedVote } from '../../core/settlement/ballot-record'
import { ballotVariantOf } from '../../core/settlement/ballot-variant'
import { storedRef } from '../../core/settlement/plugins'
import { strategyToken, tokenUnits } from '../../core/settlement/strategy-token'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { listBallotEnvelopes } from '../../db/vote/list-ballot-envelopes'
import type { Context } from '../context'
import { readFrozenStrategies } from '../power/frozen-strategy'

/**
 * The ballots of a module proposal as its module counts them: every voter's current one that can be counted and has
 * power, in no order. Their totals are those of the proposal's result. Throws `fault` when a stored ballot cannot be one.
 */
export async function listElectionBallots(
  ctx: Pick<Context, 'db'>,
  proposal: Pick<ProposalRow, 'id' | 'plugins' | 'strategies'>,
): Promise<BallotRecord[]> {
  const ref = storedRef(proposal.plugins)
  const [strategy] = readFrozenStrategies(proposal.strategies)
  const token = strategyToken(strategy?.params)
  if (!ref || !('module' in ref) || !token) {
    throw new AppError('fault', { message: `No module counts the ballots of proposal ${proposal.id}.` })
  }
  const records: BallotRecord[] = []
  for await (const page of listBallotEnvelopes(ctx.db, proposal.id)) {
    for (const { power, envelope } of page) {
      records.push(toRecord(envelope, ref.chainId, tokenUnits(power, token)))
    }
  }
  return records
}

function toRecord(envelope: string, chainId: number, power: bigint): BallotRecord {
  const { sig, hash, data } = JSON.parse(envelope) as SignedMessage
  const definition = findDefinition(data.types)
  const variant = definition && ballotVariantOf(definition, data.domain, chainId)
  if (variant === undefined) {
    throw new AppError('fault', { message: `The ballot ${hash} is in a form that no module counts.` })
  }
  // Resolved and checked when it was accepted.
  return ballotRecordOf(data.message as unknown as SignedVote, { power, variant, signature: sig })
}
