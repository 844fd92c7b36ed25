import { createHash } from 'node:crypto'
import { AppError, refuse } from '../core/errors'
import { type Envelope, parseEnvelope } from '../core/messages/parse-envelope'
import { type ResolvedMessage, resolveMessage } from '../core/messages/resolve-message'
import type { AcceptedView } from '../core/views/installation-view'
import { unixSeconds } from '../platform/clock'
import { createRequestBudget } from '../platform/request-budget'
import type { Context } from '../services/context'
import { openReceiptKey } from '../services/operator/open-receipt-key'
import { createPowerReader } from '../services/power/power-reader'
import { createAppender } from './appender'
import { createProposalCache } from './proposal-cache'
import type { IngestContext, Verdict } from './rule'
import { type Charge, createCharge } from './steps/charge-signer'
import { checkClock } from './steps/check-clock'
import { checkMessage, checkUnsigned } from './steps/check-message'
import { checkSender } from './steps/check-sender'
import { makeAnswer } from './steps/make-answer'

export interface Sender {
  /** The sender's IP address, as the edge determined it. */
  readonly ip?: string | undefined
}

/** The write pipeline: signed messages in, receipts out. */
export interface Ingest {
  /**
   * Takes a posted Snapshot envelope and answers once its message is committed to the log. `README.md` beside this
   * file tells what happens in between.
   *
   * @throws AppError `invalid` with Snapshot's own words for what is wrong; `in_flight` while the identical body is
   * being worked on; `chain_unavailable`, `controller_unknown`, `database_unavailable`, `conflict`: nothing was
   * written, try again
   */
  ingest(body: unknown, sender?: Sender): Promise<AcceptedView>
  /**
   * The same for a process that has no key for receipts: ends once the message is committed. Whoever asks for the message
   * later gets the receipt.
   */
  append(body: unknown): Promise<void>
  /** What an envelope says, and whether it could be taken but for its signature. Writes nothing; throws as `ingest`. */
  rehearse(body: unknown, sender?: Sender): Promise<Rehearsal>
  /** Takes nothing more, and ends when everything that was taken is answered. */
  close(): Promise<void>
}

/** A message that is still to be signed, by a wallet that is a contract. */
export interface Rehearsal {
  readonly envelope: Envelope
  readonly message: ResolvedMessage
  /** Where that wallet will be asked. */
  readonly chainId: number
  /** What the message would do; throws what keeps it from that. */
  check(): Promise<Verdict>
}

/** How often a message is checked anew because what it was checked against changed before it was written. */
const MAX_ROUNDS = 4

export function createIngest(base: Context): Ingest {
  const ctx: IngestContext = {
    ...base,
    proposals: createProposalCache(base),
    power: createPowerReader(base),
  }
  const appender = createAppender(ctx)
  const budget = createRequestBudget(ctx.clock, ctx.env.signerRateLimit)
  const underWay = new Map<string, Promise<unknown>>()
  let isClosed = false

  /** Of a body that is not being worked on already. */
  async function once<T>(body: unknown, work: (envelope: Envelope) => Promise<T>): Promise<T> {
    if (isClosed) {
      throw new AppError('database_unavailable', {
        message: 'The server is stopping. Try again in a moment.',
      })
    }
    const envelope = parseEnvelope(body)
    const name = createHash('sha256').update(JSON.stringify(envelope)).digest('base64')
    if (underWay.has(name)) throw new AppError('in_flight', { message: 'request already being processed' })
    const running = work(envelope)
    underWay.set(name, running)
    try {
      return await running
    } finally {
      underWay.delete(name)
    }
  }

  function read(envelope: Envelope): ResolvedMessage {
    checkClock(envelope.data.message.timestamp, unixSeconds(ctx.clock))
    return resolveMessage(envelope)
  }

  async function commit(envelope: Envelope, message: ResolvedMessage) {
    const charge = createCharge(ctx, budget, { signer: envelope.address, id: message.id })
    try {
      return await commitAt(charge, envelope, message)
    } catch (error) {
      charge.takeBack()
      throw error
    }
  }

  async function commitAt(charge: Charge, envelope: Envelope, message: ResolvedMessage) {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const checked = await checkMessage(ctx, envelope, message, charge)
      const appended = await appender.add(checked)
      if (appended.status === 'accepted') return { checked, place: appended }
      if (appended.status === 'failed') throw appended.error
      if (appended.status === 'refused') refuse(appended.reason)
      if (checked.basis.proposal) ctx.proposals.forget(checked.basis.proposal.id)
    }
    throw new AppError('conflict', {
      message: 'What this message is about is changing right now. Try again.',
    })
  }

  return {
    async ingest(body, sender) {
      await checkSender(ctx, sender)
      return once(body, async (envelope) => {
        const message = read(envelope)
        const key = await openReceiptKey(ctx)
        const { checked, place } = await commit(envelope, message)
        const { id } = message
        ctx.log.debug({ event: 'message.accepted', id, logIndex: place.logIndex, ip: sender?.ip })
        return makeAnswer(key, checked, place)
      })
    },
    append: (body) =>
      once(body, async (envelope) => {
        const message = read(envelope)
        const { place } = await commit(envelope, message)
        ctx.log.debug({ event: 'message.accepted', id: message.id, logIndex: place.logIndex })
      }),
    async rehearse(body, sender) {
      await checkSender(ctx, sender)
      const envelope = parseEnvelope(body)
      const message = read(envelope)
      return { envelope, message, ...(await checkUnsigned(ctx, envelope, message)) }
    },
    async close() {
      isClosed = true
      await Promise.allSettled(underWay.values())
    },
  }
}
