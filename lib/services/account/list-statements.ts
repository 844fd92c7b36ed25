import { z } from 'zod'
import type { StatementView } from '../../core/views/account-view'
import type { PageOf } from '../../core/views/installation-view'
import { listStatements as listRows } from '../../db/account/list-statements'
import type { Context } from '../context'
import { decodeCursor, encodeCursor } from '../keyset-cursor'
import { getSpaceRow } from '../space/get-space-row'
import { viewStatement } from './view-statement'

const cursorSchema = z.strictObject({
  updated: z.int().min(0),
  delegate: z.string().regex(/^0x[0-9a-fA-F]{40,64}$/),
})

/** What delegates say to a space, the newest first. Throws `not_found` and `gone`. */
export async function listStatements(
  ctx: Context,
  query: { readonly space: string; readonly first: number; readonly after?: string | undefined },
): Promise<PageOf<StatementView>> {
  await getSpaceRow(ctx, query.space)
  const { rows, total } = await listRows(ctx.db, {
    space: query.space,
    after: query.after === undefined ? undefined : decodeCursor(cursorSchema, query.after),
    first: query.first + 1,
  })
  const page = rows.slice(0, query.first)
  const last = page.at(-1)
  return {
    items: page.map(viewStatement),
    next:
      last && rows.length > page.length
        ? encodeCursor({ updated: Number(last.updated), delegate: last.delegate })
        : null,
    total,
  }
}
