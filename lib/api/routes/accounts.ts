import { Hono } from 'hono'
import { z } from 'zod'
import { getAccount } from '../../services/account/get-account'
import { listAccountProposals } from '../../services/account/list-account-proposals'
import { listAccountVotes } from '../../services/account/list-account-votes'
import { listNames } from '../../services/account/list-names'
import { listStatements } from '../../services/account/list-statements'
import type { Context } from '../../services/context'
import type { ApiEnv } from '../api-env'
import { address, page, parseInput, spacePath } from '../parse-input'

/** Of one question for names. */
const MAX_NAMES = 100

const account = z.object({ address })
const pageQuery = z.object(page)
const names = z.object({
  addresses: z
    .string('is missing')
    .transform((text) => text.split(','))
    .pipe(z.array(address).max(MAX_NAMES, `must be at most ${MAX_NAMES} addresses`)),
})

export function accountRoutes(ctx: Context) {
  return new Hono<ApiEnv>()
    .get('/api/v1/accounts', async (c) =>
      c.json({ items: await listNames(ctx, parseInput(names, c.req.query()).addresses) }),
    )
    .get('/api/v1/accounts/:address', async (c) =>
      c.json(await getAccount(ctx, parseInput(account, c.req.param()).address)),
    )
    .get('/api/v1/accounts/:address/votes', async (c) =>
      c.json(
        await listAccountVotes(ctx, {
          ...parseInput(account, c.req.param()),
          ...parseInput(pageQuery, c.req.query()),
        }),
      ),
    )
    .get('/api/v1/accounts/:address/proposals', async (c) =>
      c.json(
        await listAccountProposals(ctx, {
          ...parseInput(account, c.req.param()),
          ...parseInput(pageQuery, c.req.query()),
        }),
      ),
    )
    .get('/api/v1/spaces/:space/statements', async (c) =>
      c.json(
        await listStatements(ctx, {
          ...parseInput(spacePath, c.req.param()),
          ...parseInput(pageQuery, c.req.query()),
        }),
      ),
    )
}
