import { z } from 'zod'
import type { PageOf } from '../../core/views/installation-view'
import type { ProposalSummary } from '../../core/views/proposal-view'
import { listProposals as listRows, type ProposalFilter } from '../../db/proposal/list-proposals'
import { findOwnVotes } from '../../db/vote/find-own-votes'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { cursorLogIndex, decodeCursor, encodeCursor } from '../keyset-cursor'
import { getSpaceRow } from '../space/get-space-row'
import { readCounts } from './read-counts'
import { viewSummary } from './view-summary'

const cursorSchema = z.strictObject({ now: z.int(), rank: z.int().min(0).max(2), logIndex: cursorLogIndex })

export interface ProposalQuery {
  readonly space: string
  readonly first: number
  readonly after?: string | undefined
  readonly state?: ProposalFilter | undefined
  readonly search?: string | undefined
  /** Flagged ones alone; else all but these. */
  readonly flagged?: boolean | undefined
  /** EIP-55: fills `ownVote`. */
  readonly voter?: string | undefined
}

/** A space's proposals: active first, then pending, then newest. Hidden ones are left out. */
export async function listProposals(ctx: Context, query: ProposalQuery): Promise<PageOf<ProposalSummary>> {
  await getSpaceRow(ctx, query.space)
  const after = query.after === undefined ? undefined : decodeCursor(cursorSchema, query.after)
  const now = unixSeconds(ctx.clock)
  const place = after?.now ?? now
  const { rows, total } = await listRows(ctx.db, {
    space: query.space,
    now: place,
    state: query.state,
    search: query.search,
    flagged: query.flagged ?? false,
    after,
    first: query.first + 1,
  })
  const page = rows.slice(0, query.first)
  const ids = page.map(({ id }) => id)
  const [countOf, own] = await Promise.all([
    readCounts(ctx, page),
    query.voter === undefined ? new Map() : findOwnVotes(ctx.db, query.voter, ids),
  ])
  const last = page.at(-1)
  return {
    items: page.map((row) => viewSummary(row, { now, count: countOf(row), ownVote: own.get(row.id) })),
    next:
      last && rows.length > page.length
        ? encodeCursor({ now: place, rank: last.rank, logIndex: last.logIndex.toString() })
        : null,
    total,
  }
}
