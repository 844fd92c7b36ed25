import type { Database } from '../client'

/** What an audit of a bundle came to. */
export interface NewVerification {
  readonly proposalId: string
  readonly ok: boolean
  /** Checks as core/audit reports them, in JSON. */
  readonly checks: readonly object[]
  readonly tookMs: number
  readonly verifiedAt: Date
}

/** Puts what was found last in the place of what was found before. */
export async function saveVerification(
  db: Pick<Database, 'query'>,
  { proposalId, ok, checks, tookMs, verifiedAt }: NewVerification,
): Promise<void> {
  await db.query(
    `insert into verifications (proposal_id, ok, checks, took_ms, verified_at) values ($1, $2, $3::jsonb, $4, $5)
     on conflict (proposal_id) do update
       set ok = excluded.ok, checks = excluded.checks, took_ms = excluded.took_ms, verified_at = excluded.verified_at`,
    [proposalId, ok, JSON.stringify(checks), tookMs, verifiedAt],
  )
}
