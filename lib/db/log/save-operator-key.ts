import type { Database } from '../client'

/** What the operator signs with a key: receipts (its address), or the log (a C2SP verifier key). */
export type KeyPurpose = 'receipt' | 'log'

/** Publishes a key for ever; one that is known already changes nothing. */
export async function saveOperatorKey(
  db: Database,
  { purpose, key, since }: { readonly purpose: KeyPurpose; readonly key: string; readonly since: Date },
): Promise<void> {
  await db.query(
    'insert into operator_keys (purpose, key, since) values ($1, $2, $3) on conflict do nothing',
    [purpose, key, since],
  )
}
