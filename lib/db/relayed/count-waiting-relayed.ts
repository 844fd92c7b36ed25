import type { Database } from '../client'

/** How many messages wait: of one wallet, from one sender, both at once, and of everybody. */
export async function countWaitingRelayed(
  db: Pick<Database, 'query'>,
  { address, sender }: { readonly address: string; readonly sender: string },
): Promise<{
  readonly wallet: number
  readonly sender: number
  readonly both: number
  readonly all: number
}> {
  const { rows } = await db.query<{ wallet: number; sender: number; both: number; all: number }>(
    `select count(*) filter (where address = $1)::int as wallet, count(*) filter (where sender = $2)::int as sender,
       count(*) filter (where address = $1 and sender = $2)::int as both, count(*)::int as all
     from relayed_envelopes where state = 'waiting'`,
    [address, sender],
  )
  return rows[0] ?? { wallet: 0, sender: 0, both: 0, all: 0 }
}
