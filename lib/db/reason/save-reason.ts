import type { Database } from '../client'

/** Publishes a text under its hash; twice is once. */
export async function saveReason(
  db: Database,
  reason: { readonly hash: string; readonly text: string; readonly now: Date },
): Promise<void> {
  await db.query('insert into reasons (hash, text, created_at) values ($1, $2, $3) on conflict do nothing', [
    reason.hash,
    reason.text,
    reason.now,
  ])
}
