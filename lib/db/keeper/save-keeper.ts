import type { Database } from '../client'
import type { KnownKeeper } from './find-keeper'

/** Tells the processes that do not hold the keeper's key who it is and what it pays for. */
export async function saveKeeper(db: Database, { address, spaces }: KnownKeeper): Promise<void> {
  const row = { key: 'keeper', value: JSON.stringify({ address, spaces }) }
  await db.prisma.installation.upsert({ where: { key: 'keeper' }, create: row, update: row })
}
