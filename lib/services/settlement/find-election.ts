import type { Address, Hex } from 'viem'
import { AppError } from '../../core/errors'
import { parseCancel } from '../../core/messages/delete-proposal'
import { parseEnvelope } from '../../core/messages/parse-envelope'
import { parseProposal } from '../../core/messages/proposal'
import { type ResolvedMessage, resolveMessage } from '../../core/messages/resolve-message'
import type { BallotRecord } from '../../core/settlement/ballot-record'
import { cancelVariantOf } from '../../core/settlement/ballot-variant'
import { strategyToken, tokenUnits } from '../../core/settlement/strategy-token'
import { findMessageEnvelope } from '../../db/message/find-message-envelope'
import { listAuthorMessages } from '../../db/message/list-author-messages'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import type { Election, SignedCancellation } from '../../execution/executor'
import type { Context } from '../context'
import { readFrozenStrategies } from '../power/frozen-strategy'
import type { StepsCase } from './find-case'
import { isWithdrawn } from './is-withdrawn'
import { listElectionBallots } from './list-election-ballots'

/** A proposal as its executor needs it: what was signed, from the log, and what was decided. */
export async function findElection(ctx: Context, found: StepsCase, isDemanded: boolean): Promise<Election> {
  const { proposal, executor, ref, calls } = found
  const id = proposal.id as Hex
  const envelope = await findMessageEnvelope(ctx.db, id)
  if (envelope === undefined) throw new AppError('fault', { message: `The message ${id} is not in the log.` })
  const { resolved, signature } = readSigned(envelope)
  const { title, body, discussion, labels, start, end, snapshot, app } = parseProposal(resolved.message)
  let ballots: ReturnType<typeof countedBallots> | undefined
  return {
    proposal: id,
    config: executor.configSchema.parse(ref),
    calls: calls.map(({ to, value, data, operation }) => ({ to, value, data, operation })),
    message: {
      ...{ from: resolved.from, timestamp: resolved.timestamp, title, body, discussion, labels },
      ...{ start, end, snapshot, app },
    },
    signature,
    cancellation: await findCancellation(ctx, found),
    result: proposal.result && statusOf(proposal.result.status),
    isDemanded,
    ballots() {
      ballots ??= countedBallots(ctx, proposal)
      return ballots
    },
  }
}

/**
 * The ballots behind the published result. A tally can be committed once: ballots that do not add up to that result
 * never become one.
 */
async function countedBallots(ctx: Context, proposal: ProposalRow): Promise<readonly BallotRecord[]> {
  const ballots = await listElectionBallots(ctx, proposal)
  const [strategy] = readFrozenStrategies(proposal.strategies)
  const token = strategyToken(strategy?.params)
  const counted = [1, 2, 3].map((option) =>
    ballots.reduce((sum, { choice, power }) => (choice === option ? sum + power : sum), 0n),
  )
  const published = proposal.result?.scores.map((score) => token && tokenUnits(BigInt(score), token))
  if (counted.join() !== published?.join()) {
    throw new AppError('fault', {
      message: `The ballots of proposal ${proposal.id} do not add up to its result; nothing is committed.`,
      details: { counted: counted.join(), published: published?.join() },
    })
  }
  return ballots
}

/** The author's withdrawal, when it was handed in by `end` and the module can take it. */
async function findCancellation(
  ctx: Context,
  { proposal, ref }: StepsCase,
): Promise<SignedCancellation | null> {
  if (!isWithdrawn(proposal)) return null
  const { author, spaceId: space } = proposal
  for (const { envelope } of await listAuthorMessages(ctx.db, { author, space, kind: 'delete-proposal' })) {
    const { resolved, signature } = readSigned(envelope)
    const { definition, domain, message, timestamp } = resolved
    if (parseCancel(message).proposal !== proposal.id) continue
    const variant = cancelVariantOf(definition, domain, ref.chainId)
    // The module hashes the space's id as its config has it, and the proposal's in lower case.
    const isExact = message.space === space && message.proposal === proposal.id
    if (variant !== undefined && isExact) return { author: author as Address, timestamp, variant, signature }
  }
  return null
}

function readSigned(text: string): { resolved: ResolvedMessage; signature: Hex } {
  // `hash` is ours; what the signer sent is the rest.
  const { address, sig, data } = JSON.parse(text)
  const envelope = parseEnvelope({ address, sig, data })
  return { resolved: resolveMessage(envelope), signature: envelope.sig }
}

function statusOf(status: string): Exclude<Election['result'], null> {
  if (status === 'passed' || status === 'rejected' || status === 'quorum-missed') return status
  throw new AppError('fault', { message: `A result says "${status}".` })
}
