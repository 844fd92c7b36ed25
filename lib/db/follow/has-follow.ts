import type { Database } from '../client'

/** Whether somebody follows a space. */
export async function hasFollow(
  db: Pick<Database, 'query'>,
  { follower, space }: { readonly follower: string; readonly space: string },
): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from follows where follower = $1 and space_id = $2', [
    follower,
    space,
  ])
  return rowCount !== 0
}
