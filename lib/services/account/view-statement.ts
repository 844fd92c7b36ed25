import type { StatementView } from '../../core/views/account-view'
import type { HexString } from '../../core/views/hex-string'
import type { listStatements } from '../../db/account/list-statements'

type StatementRow = Awaited<ReturnType<typeof listStatements>>['rows'][number]

/** A statement as the API shows it. */
export function viewStatement(row: StatementRow): StatementView {
  return {
    delegate: row.delegate as HexString,
    space: row.spaceId,
    about: row.about,
    statement: row.statement,
    isActive: row.status === 'ACTIVE',
    updatedAt: Number(row.updated),
    id: row.id as HexString,
  }
}
