import type { Database } from '../client'

/**
 * Proposals whose next step is due: over without a result; with an execution that is not settled, from the result on or,
 * where a module settles it, from the beginning; with a result and no bundle; with ballots that wait for power. Nothing is
 * ever due of another hub's proposals.
 */
export async function listDueProposals(
  db: Database,
  now: number,
): Promise<{ toClose: string[]; toSettle: string[]; toWrite: string[]; toMeasure: string[] }> {
  const ids = async (where: string) => {
    const { rows } = await db.pool.query<{ id: string }>(
      `select p.id from proposals p
       left join results r on r.proposal_id = p.id left join settlements s on s.proposal_id = p.id
       left join bundles b on b.proposal_id = p.id
       where $1::bigint is not null and p.origin is null and ${where} order by p.log_index limit 1000`,
      [now],
    )
    return rows.map((row) => row.id)
  }
  const [toClose, toSettle, toWrite, toMeasure] = await Promise.all([
    ids('p."end" < $1 and r.proposal_id is null'),
    ids(`p.execution_hash is not null and case when p.plugins -> 'comitia' ? 'module'
      then coalesce((s.data -> 'progress' ->> 'isOver')::boolean, false) = false
      else r.proposal_id is not null and (s.state is null or s.state not in ('refused', 'executed', 'failed')) end`),
    ids('r.proposal_id is not null and b.proposal_id is null'),
    ids('p.pending_count > 0 and p."end" >= $1'),
  ])
  return { toClose, toSettle, toWrite, toMeasure }
}
