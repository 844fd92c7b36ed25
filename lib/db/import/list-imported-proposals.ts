import type { Database } from '../client'

/** A proposal of another hub that may still change there. */
export interface OpenImport {
  readonly id: string
  readonly isDone: boolean
}

/** A space's proposals of another hub that are not hidden here, oldest first; done: counted for good. */
export async function listImportedProposals(db: Database, space: string): Promise<OpenImport[]> {
  const { rows } = await db.query<OpenImport>(
    `select p.id, r.proposal_id is not null as "isDone" from proposals p left join results r on r.proposal_id = p.id
     where p.space_id = $1 and p.origin is not null and p.hidden_at is null order by p.log_index`,
    [space],
  )
  return rows
}
