import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../services/context'
import { getPower } from '../../services/proposal/get-power'
import { getProposal } from '../../services/proposal/get-proposal'
import { confirmSettlement } from '../../services/settlement/confirm-settlement'
import { demandSettlement } from '../../services/settlement/demand-settlement'
import { getActTransaction } from '../../services/settlement/get-act-transaction'
import { getSettlement } from '../../services/settlement/get-settlement'
import { refreshSettlement } from '../../services/settlement/refresh-settlement'
import { listVotes } from '../../services/vote/list-votes'
import type { ApiEnv } from '../api-env'
import { address, hash, hex, page, parseInput } from '../parse-input'
import { limitCostly } from '../rate-limit'
import { readJson } from '../read-json'

const proposal = z.object({ proposal: hash })
const voteQuery = z.object({
  ...page,
  order: z.enum(['power', 'new'], 'must be power or new').default('power'),
  choice: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "must be an option's number")
    .transform(Number)
    .optional(),
  search: z
    .string()
    .regex(/^(0x[0-9a-fA-F]{0,40})?$/, 'must be the beginning of an address, 0x and hex digits')
    .transform((text) => text || undefined)
    .optional(),
})
const confirmation = z.strictObject({ owner: address, signature: hex, safeTxHash: hash })

export function proposalRoutes(ctx: Context) {
  /** Of what reads a chain for everybody who asks, or makes a keeper pay. */
  const seldom = limitCostly(ctx)
  return new Hono<ApiEnv>()
    .get('/api/v1/proposals/:proposal', async (c) => {
      const { voter } = parseInput(z.object({ voter: address.optional() }), c.req.query())
      return c.json(await getProposal(ctx, parseInput(proposal, c.req.param()).proposal, voter))
    })
    .get('/api/v1/proposals/:proposal/votes', async (c) =>
      c.json(
        await listVotes(ctx, {
          ...parseInput(proposal, c.req.param()),
          ...parseInput(voteQuery, c.req.query()),
        }),
      ),
    )
    .get('/api/v1/proposals/:proposal/power/:voter', async (c) => {
      const input = parseInput(proposal.extend({ voter: address }), c.req.param())
      return c.json(await getPower(ctx, input.proposal, input.voter))
    })
    .get('/api/v1/proposals/:proposal/settlement', async (c) =>
      c.json(await getSettlement(ctx, parseInput(proposal, c.req.param()).proposal)),
    )
    .post('/api/v1/proposals/:proposal/settlement/refresh', async (c) =>
      c.json(await refreshSettlement(ctx, parseInput(proposal, c.req.param()).proposal)),
    )
    .get('/api/v1/proposals/:proposal/settlement/transaction', seldom, async (c) => {
      const { sender } = parseInput(z.object({ sender: address.optional() }), c.req.query())
      const { proposal: id } = parseInput(proposal, c.req.param())
      return c.json(await getActTransaction(ctx, id, sender ?? null))
    })
    .post('/api/v1/proposals/:proposal/settlement/demand', seldom, async (c) =>
      c.json(await demandSettlement(ctx, parseInput(proposal, c.req.param()).proposal)),
    )
    .post('/api/v1/proposals/:proposal/confirmations', async (c) =>
      c.json(
        await confirmSettlement(
          ctx,
          parseInput(proposal, c.req.param()).proposal,
          parseInput(confirmation, await readJson(c.req.raw)),
        ),
      ),
    )
}
