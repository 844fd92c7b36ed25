import type { Database } from '../client'

/** Keeps an owner's signature; a later one of the same owner takes its place. False when the message waits no more. */
export async function saveRelayedApproval(
  db: Database,
  { id, owner, signature }: { readonly id: string; readonly owner: string; readonly signature: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update relayed_envelopes set approvals = approvals || jsonb_build_object($2::text, $3::text)
     where id = $1 and state = 'waiting'`,
    [id, owner, signature],
  )
  return rowCount === 1
}
