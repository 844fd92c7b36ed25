import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../services/context'
import { listProposals } from '../../services/proposal/list-proposals'
import { getSnapshotBlock } from '../../services/space/get-snapshot-block'
import { getSpace } from '../../services/space/get-space'
import { getSpacePower } from '../../services/space/get-space-power'
import { listSpaces } from '../../services/space/list-spaces'
import { getTreasury } from '../../services/treasury/get-treasury'
import type { ApiEnv } from '../api-env'
import { address, page, parseInput, search, spacePath } from '../parse-input'

const spaceQuery = z.object({ ...page, search, follower: address.optional() })
const states = [
  'pending',
  'active',
  'closing',
  'passed',
  'rejected',
  'quorum-missed',
  'executed',
  'closed',
] as const

const proposalQuery = z.object({
  ...page,
  search,
  state: z.enum(states, `must be one of ${states.join(', ')}`).optional(),
  flagged: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .optional(),
  voter: address.optional(),
})

export function spaceRoutes(ctx: Context) {
  return new Hono<ApiEnv>()
    .get('/api/v1/spaces', async (c) => c.json(await listSpaces(ctx, parseInput(spaceQuery, c.req.query()))))
    .get('/api/v1/spaces/:space', async (c) =>
      c.json(await getSpace(ctx, parseInput(spacePath, c.req.param()).space)),
    )
    .get('/api/v1/spaces/:space/proposals', async (c) =>
      c.json(
        await listProposals(ctx, {
          ...parseInput(spacePath, c.req.param()),
          ...parseInput(proposalQuery, c.req.query()),
        }),
      ),
    )
    .get('/api/v1/spaces/:space/treasury', async (c) =>
      c.json(await getTreasury(ctx, parseInput(spacePath, c.req.param()).space)),
    )
    .get('/api/v1/spaces/:space/block', async (c) =>
      c.json(await getSnapshotBlock(ctx, parseInput(spacePath, c.req.param()).space)),
    )
    .get('/api/v1/spaces/:space/power/:voter', async (c) => {
      const input = parseInput(spacePath.extend({ voter: address }), c.req.param())
      return c.json(await getSpacePower(ctx, input.space, input.voter))
    })
}
