import type { PageOf } from '../../core/views/installation-view'
import type { TrailEntry } from '../../core/views/trail-view'
import type { Context } from '../context'
import { decodeCursor, encodeCursor } from '../keyset-cursor'
import { checkKnownSpace } from '../space/check-known-space'
import { readTrail, type TrailFilter, trailPlace } from './read-trail'

export interface TrailQuery extends TrailFilter {
  readonly order: 'new' | 'old'
  readonly after?: string | undefined
  readonly first: number
}

/** What happened in a space, newest or oldest first. Nobody counts it: `total` is null. Throws `not_found`. */
export async function listTrail(ctx: Context, query: TrailQuery): Promise<PageOf<TrailEntry>> {
  const { order, first } = query
  const after = query.after === undefined ? null : decodeCursor(trailPlace, query.after)
  await checkKnownSpace(ctx, query.space)
  const { items, next } = await readTrail(ctx, query, { order, after, first })
  return { items: items.map(({ entry }) => entry), next: next && encodeCursor(next), total: null }
}
