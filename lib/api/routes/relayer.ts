import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { Ingest } from '../../ingest/ingest'
import type { Context } from '../../services/context'
import { approveEnvelope } from '../../services/relayer/approve-envelope'
import { getRelayed } from '../../services/relayer/get-relayed'
import { listRelayed } from '../../services/relayer/list-relayed'
import { listWaiting } from '../../services/relayer/list-waiting'
import { storeEnvelope } from '../../services/relayer/store-envelope'
import type { ApiEnv } from '../api-env'
import { address, hash, hex, parseInput } from '../parse-input'
import { limitCostly } from '../rate-limit'
import { readJson } from '../read-json'

const relayed = z.object({ id: hash })
const asked = z.object({ proposal: hash, address })
const approval = z.strictObject({ owner: address, signature: hex })

/** Messages that a contract wallet has still to approve: Snapshot's relayer, and what owners need to follow one. */
export function relayerRoutes(ctx: Context, ingest: Ingest) {
  /** Of what nobody has signed and has chains read. */
  const seldom = limitCostly(ctx)
  return new Hono<ApiEnv>()
    .post('/api/relayer', seldom, async (c) => {
      try {
        const body = await readJson(c.req.raw, 'wrong envelope format')
        return c.json(await storeEnvelope(ctx, ingest, body, { ip: c.get('ip') }))
      } catch (error) {
        return respondMalformed(c, error)
      }
    })
    .get('/api/relayer/api/messages/:id', async (c) =>
      c.json(await listWaiting(ctx, parseInput(relayed, c.req.param()).id)),
    )
    .get('/api/v1/relayed/:id', async (c) =>
      c.json(await getRelayed(ctx, parseInput(relayed, c.req.param()).id)),
    )
    .post('/api/v1/relayed/:id/approvals', seldom, async (c) => {
      const { id } = parseInput(relayed, c.req.param())
      return c.json(await approveEnvelope(ctx, ingest, id, parseInput(approval, await readJson(c.req.raw))))
    })
    .get('/api/v1/proposals/:proposal/relayed', async (c) =>
      c.json(await listRelayed(ctx, parseInput(asked, { ...c.req.query(), ...c.req.param() }))),
    )
}

/** A refusal as Snapshot's relayer words it, with our sentence where its hub has one. */
function respondMalformed(c: HonoContext<ApiEnv>, error: unknown) {
  if (!(error instanceof AppError) || error.code !== 'invalid') throw error
  const { message } = error
  return c.json({ error: 'Invalid format request', error_description: message, details: [{ message }] }, 400)
}
