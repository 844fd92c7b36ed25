import type { Database } from '../client'

/** Ends the wait of messages that nobody can approve any more, and forgets those over before `forgetBefore`. */
export async function endRelayed(
  db: Database,
  { now, forgetBefore }: { readonly now: Date; readonly forgetBefore: Date },
): Promise<void> {
  await db.query(
    `update relayed_envelopes set state = 'expired' where state = 'waiting' and expires_at < $1`,
    [now],
  )
  await db.query(`delete from relayed_envelopes where state <> 'waiting' and expires_at < $1`, [forgetBefore])
}
