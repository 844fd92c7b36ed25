import type { Database } from '../client'
import { likePattern } from '../like-pattern'
import type { ProposalRow } from './find-proposal'

/** Where a page of proposals starts. It carries the moment of the first page, so that a state that changes meanwhile moves no row between pages. */
export interface ProposalCursor {
  /** Unix seconds. */
  readonly now: number
  /** 0 active, 1 pending, 2 over. */
  readonly rank: number
  readonly logIndex: string
}

export type ProposalFilter =
  | 'pending'
  | 'active'
  | 'closing'
  | 'passed'
  | 'rejected'
  | 'quorum-missed'
  | 'executed'
  | 'closed'

const conditions: Readonly<Record<ProposalFilter, string>> = {
  pending: 'p.start > $2',
  active: 'p.start <= $2 and p."end" >= $2',
  closing: 'p."end" < $2 and r.proposal_id is null',
  passed: `r.status = 'passed' and s.state is distinct from 'executed'`,
  rejected: `r.status = 'rejected'`,
  'quorum-missed': `r.status = 'quorum-missed'`,
  executed: `s.state = 'executed'`,
  closed: 'p."end" < $2',
}

/**
 * A space's proposals that are not hidden: active ones first, then pending, then the rest, each newest first.
 * `total` counts all that match.
 */
export async function listProposals(
  db: Database,
  query: {
    readonly space: string
    /** Unix seconds. */
    readonly now: number
    readonly state: ProposalFilter | undefined
    readonly search: string | undefined
    /** Flagged ones alone, or all but these. */
    readonly flagged: boolean
    readonly after: ProposalCursor | undefined
    readonly first: number
  },
): Promise<{ rows: (ProposalRow & { rank: number })[]; total: number }> {
  const matching = `
    from proposals p
    left join results r on r.proposal_id = p.id
    left join settlements s on s.proposal_id = p.id
    cross join lateral (
      select case when p.start <= $2 and p."end" >= $2 then 0 when p.start > $2 then 1 else 2 end as rank
    ) as place
    where p.space_id = $1 and p.hidden_at is null and $2::bigint is not null
      and ($3::text is null or p.title ilike $3)
      and p.flag_code ${query.flagged ? '<>' : '='} 0
      and ${query.state ? conditions[query.state] : 'true'}`
  const filter = [query.space, query.now, query.search ? likePattern(query.search) : null]
  const [page, count] = await Promise.all([
    db.pool.query<{ id: string; rank: number }>(
      `select p.id, place.rank ${matching}
         and ($4::int is null or place.rank > $4 or (place.rank = $4 and p.log_index < $5::bigint))
       order by place.rank, p.log_index desc limit $6`,
      [...filter, query.after?.rank ?? null, query.after?.logIndex ?? null, query.first],
    ),
    db.pool.query<{ total: string }>(`select count(*) as total ${matching}`, filter),
  ])
  const found = await db.prisma.proposal.findMany({
    where: { id: { in: page.rows.map((row) => row.id) } },
    include: { result: true, settlement: true },
  })
  const byId = new Map(found.map((row) => [row.id, row]))
  return {
    rows: page.rows.flatMap(({ id, rank }) => {
      const row = byId.get(id)
      return row ? [{ ...row, rank }] : []
    }),
    total: Number(count.rows[0]?.total ?? 0),
  }
}
