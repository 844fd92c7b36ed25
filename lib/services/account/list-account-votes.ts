import { z } from 'zod'
import type { AccountVoteView } from '../../core/views/account-view'
import type { PageOf } from '../../core/views/installation-view'
import { listAccountVotes as listRows } from '../../db/account/list-account-votes'
import type { Context } from '../context'
import { cursorLogIndex, decodeCursor, encodeCursor } from '../keyset-cursor'
import { viewVote } from '../vote/view-vote'

const cursorSchema = z.strictObject({ logIndex: cursorLogIndex })

/** Somebody's current ballots in all spaces, the newest first. */
export async function listAccountVotes(
  ctx: Context,
  query: { readonly address: string; readonly first: number; readonly after?: string | undefined },
): Promise<PageOf<AccountVoteView>> {
  const after = query.after === undefined ? undefined : decodeCursor(cursorSchema, query.after)
  const { rows, total } = await listRows(ctx.db, {
    voter: query.address,
    after: after?.logIndex,
    first: query.first + 1,
  })
  const page = rows.slice(0, query.first)
  const last = page.at(-1)
  return {
    items: page.map(({ vote, space, proposal }) => ({
      vote: viewVote(vote, proposal),
      space,
      title: proposal.title,
      symbol: proposal.symbol,
    })),
    next:
      last && rows.length > page.length ? encodeCursor({ logIndex: last.vote.logIndex.toString() }) : null,
    total,
  }
}
