import type { Database } from '../../db/client'
import { createIngest, type Ingest } from '../../ingest/ingest'
import type { Context } from '../../services/context'
import { relayDue } from '../../services/relayer/relay-due'
import { relayMessages } from '../definitions/relay-messages'
import { bindJob } from '../job'

const everyMs = { demo: 1_000, live: 5_000 }

export const relayMessagesJob = bindJob(relayMessages, async (ctx) => {
  const isMore = await relayDue(ctx, openIngest(ctx))
  const delayMs = isMore ? 0 : everyMs[ctx.env.demo ? 'demo' : 'live']
  return [relayMessages.at(new Date(ctx.clock.now() + delayMs), {})]
})

const opened = new WeakMap<Database, Ingest>()

/** The worker's own way into the log, made when it is used first. */
function openIngest(ctx: Context): Ingest {
  const ingest = opened.get(ctx.db) ?? createIngest(ctx)
  opened.set(ctx.db, ingest)
  return ingest
}
