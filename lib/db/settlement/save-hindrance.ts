import type { Database } from '../client'

/** Notes why the keeper could not do what is due, or that nothing is in its way any more. */
export async function saveHindrance(
  db: Database,
  proposalId: string,
  hindrance: { readonly act: string; readonly reason: string } | null,
): Promise<void> {
  await db.query(
    `update settlements set data = data || jsonb_build_object('hindrance', $2::jsonb) where proposal_id = $1`,
    [proposalId, JSON.stringify(hindrance)],
  )
}
