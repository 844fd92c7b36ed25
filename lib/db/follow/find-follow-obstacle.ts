import type { Database } from '../client'

/** Why somebody cannot follow one more space, in Snapshot's words. Spaces that were deleted do not count. */
export async function findFollowObstacle(
  db: Pick<Database, 'query'>,
  { follower, space, most }: { readonly follower: string; readonly space: string; readonly most: number },
): Promise<string | undefined> {
  const { rows } = await db.query<{ follows: boolean; count: string }>(
    `select coalesce(bool_or(space_id = $2), false) as follows, count(*) as count
     from follows join spaces on spaces.id = space_id where follower = $1 and deleted_at is null`,
    [follower, space],
  )
  const [held] = rows
  if (held?.follows) return 'you are already following this space'
  return Number(held?.count) >= most ? `you can join max ${most} spaces` : undefined
}
