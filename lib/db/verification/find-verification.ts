import type { AuditCheck } from '../../core/audit/findings'
import type { Database } from '../client'

/** What the last audit of a proposal's bundle found. */
export interface StoredVerification {
  readonly ok: boolean
  readonly checks: readonly AuditCheck<string>[]
  readonly verifiedAt: Date
}

/** Undefined before the first. */
export async function findVerification(
  db: Database,
  proposalId: string,
): Promise<StoredVerification | undefined> {
  const row = await db.prisma.verification.findUnique({ where: { proposalId } })
  return row ? { ...row, checks: row.checks as unknown as StoredVerification['checks'] } : undefined
}
