import { z } from 'zod'
import type { PageOf } from '../../core/views/installation-view'
import type { ProposalSummary } from '../../core/views/proposal-view'
import { listAccountProposals as listRows } from '../../db/account/list-account-proposals'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { cursorLogIndex, decodeCursor, encodeCursor } from '../keyset-cursor'
import { readCounts } from '../proposal/read-counts'
import { viewSummary } from '../proposal/view-summary'

const cursorSchema = z.strictObject({ logIndex: cursorLogIndex })

/** Somebody's proposals in all spaces, the newest first. */
export async function listAccountProposals(
  ctx: Context,
  query: { readonly address: string; readonly first: number; readonly after?: string | undefined },
): Promise<PageOf<ProposalSummary>> {
  const after = query.after === undefined ? undefined : decodeCursor(cursorSchema, query.after)
  const { rows, total } = await listRows(ctx.db, {
    author: query.address,
    after: after?.logIndex,
    first: query.first + 1,
  })
  const page = rows.slice(0, query.first)
  const countOf = await readCounts(ctx, page)
  const now = unixSeconds(ctx.clock)
  const last = page.at(-1)
  return {
    items: page.map((row) => viewSummary(row, { now, count: countOf(row), ownVote: undefined })),
    next: last && rows.length > page.length ? encodeCursor({ logIndex: last.logIndex.toString() }) : null,
    total,
  }
}
