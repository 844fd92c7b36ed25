import type { Database } from '../client'
import type { KeyPurpose } from './save-operator-key'

/** Every key that the operator ever signed with, by what it signed, the newest first. */
export async function listOperatorKeys(db: Database): Promise<Record<KeyPurpose, string[]>> {
  const rows = await db.prisma.operatorKey.findMany({ orderBy: [{ since: 'desc' }, { key: 'asc' }] })
  const of = (purpose: KeyPurpose) => rows.filter((row) => row.purpose === purpose).map(({ key }) => key)
  return { receipt: of('receipt'), log: of('log') }
}
