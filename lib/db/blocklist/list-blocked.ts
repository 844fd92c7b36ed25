import type { Database } from '../client'

export type BlockedKind = 'address' | 'ip' | 'link'

export interface BlockedEntry {
  /** An address in EIP-55; of an IP address the first 7 hex digits of its sha256; a link in lower case. */
  readonly value: string
  readonly kind: BlockedKind
  readonly since: Date
}

/** What the operator turns away. */
export async function listBlocked(db: Database): Promise<BlockedEntry[]> {
  const rows = await db.prisma.blocklistEntry.findMany({ orderBy: [{ kind: 'asc' }, { value: 'asc' }] })
  // A constraint says which kinds there are.
  return rows.map(({ kind, ...entry }) => ({ kind: kind as BlockedKind, ...entry }))
}
