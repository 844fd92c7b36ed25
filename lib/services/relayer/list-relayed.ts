import type { RelayedView } from '../../core/views/relayed-view'
import { listRelayed as list } from '../../db/relayed/list-relayed'
import type { Context } from '../context'
import { viewRelayed } from './view-relayed'

const most = 20

/**
 * What a wallet has or had to approve about a proposal, and what Safes have that it is an owner of: 20 of them, first
 * those that wait and that an owner has signed for, then the newest.
 */
export async function listRelayed(
  ctx: Context,
  about: { readonly proposal: string; readonly address: string },
): Promise<RelayedView[]> {
  const rows = await list(ctx.db, { ...about, first: most })
  return Promise.all(rows.map((row) => viewRelayed(ctx, row)))
}
