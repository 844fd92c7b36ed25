import { z } from 'zod'
import { isText } from '../../core/messages/normalise-value'
import type { PageOf } from '../../core/views/installation-view'
import type { SpaceSummary } from '../../core/views/space-view'
import { countActiveProposals } from '../../db/space/count-active-proposals'
import { listSpaces as listRows } from '../../db/space/list-spaces'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { decodeCursor, encodeCursor } from '../keyset-cursor'
import { viewSpaceSummary } from './view-space-summary'

const cursorSchema = z.strictObject({
  activeAt: z.iso.datetime().regex(/^[1-9]/),
  id: z.string().max(64).refine(isText),
})

export interface SpaceQuery {
  readonly first: number
  readonly after?: string | undefined
  /** Part of an id or a name. */
  readonly search?: string | undefined
  /** EIP-55: only the spaces this account follows. */
  readonly follower?: string | undefined
}

/** Spaces by newest activity. */
export async function listSpaces(ctx: Context, query: SpaceQuery): Promise<PageOf<SpaceSummary>> {
  const { rows, total } = await listRows(ctx.db, {
    search: query.search,
    follower: query.follower,
    after: query.after === undefined ? undefined : decodeCursor(cursorSchema, query.after),
    first: query.first + 1,
  })
  const page = rows.slice(0, query.first)
  const active = await countActiveProposals(
    ctx.db,
    page.map(({ id }) => id),
    unixSeconds(ctx.clock),
  )
  const last = page.at(-1)
  return {
    items: page.map((row) => viewSpaceSummary(row, active.get(row.id) ?? 0)),
    next:
      last && rows.length > page.length
        ? encodeCursor({ activeAt: last.activeAt.toISOString(), id: last.id })
        : null,
    total,
  }
}
