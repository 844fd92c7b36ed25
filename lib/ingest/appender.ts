import { AppError } from '../core/errors'
import { type Appended, appendMessages } from '../db/log/append-messages'
import type { NewMessage } from '../db/log/new-message'
import { type Batcher, createBatcher } from '../platform/batcher'
import type { Context } from '../services/context'
import { limits } from './limits'

/** One transaction holds at most so many messages. */
const MAX_BATCH = 256
/** What arrives together is written together; longer waits would only add to the answer's time. */
const WINDOW_MS = 1

/**
 * Appends messages of all proposals in shared transactions. While one commits, the next gathers, so that one fsync
 * serves many votes. Answers after the commit. When more wait than can be written soon, further ones are refused.
 */
export function createAppender(ctx: Pick<Context, 'db' | 'clock'>): Batcher<NewMessage, Appended> {
  return createBatcher({
    maxSize: MAX_BATCH,
    waitMs: WINDOW_MS,
    maxWaiting: limits.waitingMessages,
    onOverflow: () =>
      new AppError('database_unavailable', {
        message: 'Too many messages are waiting. Try again in a moment.',
      }),
    run: (messages) => appendMessages(ctx.db, () => ctx.clock.now(), messages),
  })
}
