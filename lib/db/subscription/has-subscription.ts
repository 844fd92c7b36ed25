import type { Database } from '../client'

/** Whether somebody subscribed to a space. */
export async function hasSubscription(
  db: Pick<Database, 'query'>,
  { address, space }: { readonly address: string; readonly space: string },
): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from subscriptions where address = $1 and space_id = $2', [
    address,
    space,
  ])
  return rowCount !== 0
}
