import { createHash } from 'node:crypto'
import { AppError, refuse } from '../core/errors'
import { type Envelope, parseEnvelope } from '../core/messages/parse-envelope'
import { resolveMessage } from '../core/messages/resolve-message'
import type { AcceptedView } from '../core/views/installation-view'
import { unixSeconds } from '../platform/clock'
import type { Context } from '../services/context'
import { openReceiptKey } from '../services/operator/open-receipt-key'
import { createPowerReader } from '../services/power/power-reader'
import { createAppender } from './appender'
import { createProposalCache } from './proposal-cache'
import type { IngestContext } from './rule'
import { checkClock } from './steps/check-clock'
import { checkMessage } from './steps/check-message'
import { checkSigner } from './steps/check-signer'
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
  /** Takes nothing more, and ends when everything that was taken is answered. */
  close(): Promise<void>
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
  const underWay = new Map<string, Promise<AcceptedView>>()
  let isClosed = false

  async function accept(envelope: Envelope): Promise<AcceptedView> {
    checkClock(envelope.data.message.timestamp, unixSeconds(ctx.clock))
    const message = resolveMessage(envelope)
    checkSigner(envelope.address, message)
    const key = await openReceiptKey(ctx)
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const checked = await checkMessage(ctx, envelope, message)
      const appended = await appender.add(checked)
      if (appended.status === 'accepted') return makeAnswer(key, checked, appended)
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
      if (isClosed) {
        throw new AppError('database_unavailable', {
          message: 'The server is stopping. Try again in a moment.',
        })
      }
      const envelope = parseEnvelope(body)
      const name = createHash('sha256').update(JSON.stringify(envelope)).digest('base64')
      if (underWay.has(name)) throw new AppError('in_flight', { message: 'request already being processed' })
      const work = accept(envelope)
      underWay.set(name, work)
      try {
        const view = await work
        ctx.log.debug({
          event: 'message.accepted',
          id: view.id,
          logIndex: view.receipt.logIndex,
          ip: sender?.ip,
        })
        return view
      } finally {
        underWay.delete(name)
      }
    },
    async close() {
      isClosed = true
      await Promise.allSettled(underWay.values())
    },
  }
}
