import type { RelayedView } from '../../core/views/relayed-view'
import type { Context } from '../context'
import { getRelayedRow } from './get-relayed-row'
import { viewRelayed } from './view-relayed'

/** A message that waits, or waited, for its wallet's approval. Throws `not_found`, also 30 days after its end. */
export async function getRelayed(ctx: Context, id: string): Promise<RelayedView> {
  return viewRelayed(ctx, await getRelayedRow(ctx, id))
}
