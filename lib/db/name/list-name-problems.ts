import type { Database } from '../client'

const MOST = 100

/** Spaces whose settings are frozen for their name's sake, with the reason. */
export async function listNameProblems(db: Database): Promise<{ space: string; problem: string }[]> {
  const { rows } = await db.query<{ space: string; problem: string }>(
    `select id as space, name_problem as problem from spaces
     where name_problem is not null and deleted_at is null order by id limit $1`,
    [MOST],
  )
  return rows
}
