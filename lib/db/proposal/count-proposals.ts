import type { Database } from '../client'

/** How much a space and an author have proposed lately, hidden proposals included. */
export interface ProposalCounts {
  readonly spaceToday: number
  readonly spaceThisMonth: number
  /** Of the author, in all spaces, not ended yet. */
  readonly authorOpen: number
}

/** `now` is unix seconds; a day is 86,400 seconds back, a month 30 of them. In a transaction, what it wrote counts. */
export async function countProposals(
  db: Pick<Database, 'query'>,
  { space, author, now }: { readonly space: string; readonly author: string; readonly now: number },
): Promise<ProposalCounts> {
  const { rows } = await db.query<Record<keyof ProposalCounts, string>>(
    `select
       (select count(*) from proposals where space_id = $1 and created_at > to_timestamp($3 - 86400)) as "spaceToday",
       (select count(*) from proposals where space_id = $1 and created_at > to_timestamp($3 - 2592000)) as "spaceThisMonth",
       (select count(*) from proposals where author = $2 and "end" > $3 and hidden_at is null) as "authorOpen"`,
    [space, author, now],
  )
  const [counts] = rows
  return {
    spaceToday: Number(counts?.spaceToday),
    spaceThisMonth: Number(counts?.spaceThisMonth),
    authorOpen: Number(counts?.authorOpen),
  }
}
