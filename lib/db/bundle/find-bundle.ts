import type { LineOf } from '../../core/audit/bundle-line'
import type { HexString } from '../../core/views/hex-string'
import type { Database } from '../client'

/** What was frozen when a proposal's bundle was written: all else in it follows from the log and the result. */
export interface StoredBundle {
  readonly proposalId: string
  readonly header: Omit<LineOf<'header'>, 'kind' | 'format'>
  /** The log's note. */
  readonly checkpoint: string
  /** Of the whole file. */
  readonly bytes: number
  /** Before the last one. */
  readonly lines: number
  /** Of all bytes before the last line. */
  readonly sha256: HexString
  /** Of the last line. */
  readonly signature: string
  readonly writtenAt: Date
}

/** A proposal's bundle, once it is written. */
export async function findBundle(db: Database, proposalId: string): Promise<StoredBundle | undefined> {
  const row = await db.prisma.bundle.findUnique({ where: { proposalId } })
  if (!row) return undefined
  // JSON in the database keeps no order of keys; the file does.
  const stored = row.header as unknown as StoredBundle['header']
  // When there was only one version, it was not noted.
  const { version = 1, origin, logKey, receiptKeys } = stored
  const header = { version, origin, logKey, receiptKeys }
  return { ...row, header, bytes: Number(row.bytes), sha256: row.sha256 as HexString }
}
