import { z } from 'zod'
import type { PageOf } from '../../core/views/installation-view'
import type { VoteView } from '../../core/views/proposal-view'
import { findVotingSystem } from '../../core/voting/registry'
import { listVotes as listRows } from '../../db/vote/list-votes'
import type { Context } from '../context'
import { cursorInteger, cursorLogIndex, decodeCursor, encodeCursor } from '../keyset-cursor'
import { getProposalRow } from '../proposal/get-proposal-row'
import { viewVote } from './view-vote'

const cursorSchema = z.strictObject({ power: cursorInteger.nullish(), logIndex: cursorLogIndex })

export interface VoteQuery {
  readonly proposal: string
  readonly first: number
  readonly order: 'power' | 'new'
  readonly after?: string | undefined
  /** An option's number, 1-based. */
  readonly choice?: number | undefined
  /** The beginning of an address. */
  readonly search?: string | undefined
}

/** Current ballots of a proposal, by power or newest first. Throws `not_found`. */
export async function listVotes(ctx: Context, query: VoteQuery): Promise<PageOf<VoteView>> {
  const proposal = await getProposalRow(ctx, query.proposal)
  const { rows, total } = await listRows(ctx.db, {
    proposal: proposal.id,
    order: query.order,
    choice: query.choice,
    ranked: findVotingSystem(proposal.type)?.ballot === 'ranked',
    search: query.search,
    after: query.after === undefined ? undefined : decodeCursor(cursorSchema, query.after),
    first: query.first + 1,
  })
  const page = rows.slice(0, query.first)
  const last = page.at(-1)
  return {
    items: page.map((row) => viewVote(row, proposal)),
    next:
      last && rows.length > page.length
        ? encodeCursor({
            ...(query.order === 'power' && { power: last.power?.toString() ?? null }),
            logIndex: last.logIndex.toString(),
          })
        : null,
    total,
  }
}
