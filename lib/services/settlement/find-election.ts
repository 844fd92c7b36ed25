import type { Address, Hex } from 'viem'
import { AppError } from '../../core/errors'
import { parseCancel } from '../../core/messages/delete-proposal'
import { parseEnvelope } from '../../core/messages/parse-envelope'
import { parseProposal } from '../../core/messages/proposal'
import { type ResolvedMessage, resolveMessage } from '../../core/messages/resolve-message'
import { cancelVariantOf } from '../../core/settlement/ballot-variant'
import { findMessageEnvelope } from '../../db/message/find-message-envelope'
import { listAuthorMessages } from '../../db/message/list-author-messages'
import type { Election, SignedCancellation } from '../../execution/executor'
import type { Context } from '../context'
import { countedBallots } from './counted-ballots'
import type { StepsCase } from './find-case'
import { isWithdrawn } from './is-withdrawn'

/** A proposal as its executor needs it: what was signed, from the log, and what was decided. */
export async function findElection(ctx: Context, found: StepsCase, isDemanded: boolean): Promise<Election> {
  const { proposal, executor, ref, calls } = found
  const id = proposal.id as Hex
  const envelope = await findMessageEnvelope(ctx.db, id)
  if (envelope === undefined) throw new AppError('fault', { message: `The message ${id} is not in the log.` })
  const { resolved, signature } = readSigned(envelope)
  const { title, body, discussion, labels, start, end, snapshot, app } = parseProposal(resolved.message)
  return {
    proposal: id,
    config: executor.configSchema.parse(ref),
    calls: calls.map(({ to, value, data, operation }) => ({ to, value, data, operation })),
    message: {
      from: resolved.from,
      timestamp: resolved.timestamp,
      title,
      body,
      discussion,
      labels,
      start,
      end,
      snapshot,
      app,
    },
    signature,
    cancellation: await findCancellation(ctx, found),
    result: proposal.result && statusOf(proposal.result.status),
    isDemanded,
    ballots: () => countedBallots(ctx, proposal),
  }
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
