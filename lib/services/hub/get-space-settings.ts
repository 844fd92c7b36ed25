import { findAnySpace } from '../../db/hub/find-any-space'
import type { Context } from '../context'
import type { Asker } from './hub-request'
import { viewSpace } from './view-space'

/** A space's settings as signed with the operator's marks, a deleted one's too; undefined when there never was one. */
export async function getSpaceSettings(ctx: Context, asker: Asker, id: string): Promise<object | undefined> {
  const space = await findAnySpace({ ...asker, db: ctx.db }, id)
  if (!space) return undefined
  const { flagged, verified, turbo, turboExpiration, hibernated } = viewSpace(space)
  return {
    ...space.settings,
    domain: space.domain,
    flagged,
    verified,
    turbo,
    turboExpiration,
    hibernated,
    deleted: space.isDeleted,
  }
}
