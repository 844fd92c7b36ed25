import { growTiles, type TileNode } from '../../core/log/grow-tiles'
import { encodeLeaf, hashLeaf } from '../../core/log/leaf'
import type { HexString } from '../../core/views/hex-string'
import type { Database, Sql } from '../client'
import { insertMessages, insertNodes, type LogEntry, lockLog, saveLogState } from '../log/append-messages'

/** A message of another hub, as the log takes it. */
export interface ImportedMessage {
  readonly message: LogEntry['message']
  /** The proposal it is about, its own id if it is one. */
  readonly proposal: HexString | null
}

/** What rows are written with, in the same transaction. */
export interface ImportTurn {
  readonly sql: Sql
  /** Of every message of the batch, those that were in the log before too. */
  readonly logIndexes: ReadonlyMap<string, number>
  readonly at: Date
}

/**
 * Appends messages of another hub to the log, those that are not in it, and has `write` write rows, in one transaction
 * under the lock that every append takes. Answers how many were new. To do it again changes nothing.
 */
export async function appendImported(
  db: Database,
  nowMs: () => number,
  messages: readonly ImportedMessage[],
  write: (turn: ImportTurn) => Promise<void>,
): Promise<number> {
  return db.transaction(async (sql) => {
    const log = await lockLog(sql)
    const acceptedAtMs = Math.max(nowMs(), log.acceptedAtMs)
    const at = new Date(acceptedAtMs)
    const { rows } = await sql.query<{ id: string; log_index: string }>(
      'select id, log_index from messages where id = any($1)',
      [messages.map(({ message }) => message.id)],
    )
    const logIndexes = new Map(rows.map((row) => [row.id, Number(row.log_index)]))
    const entries: LogEntry[] = []
    const nodes: TileNode[] = []
    let { frontier } = log
    for (const { message, proposal } of messages) {
      const { id, kind, envelope } = message
      if (logIndexes.has(id)) continue
      const logIndex = frontier.size
      const leafHash = hashLeaf(encodeLeaf({ kind, id, envelopeSha256: envelope.sha256, acceptedAtMs }))
      const grown = growTiles(frontier, leafHash)
      frontier = grown.frontier
      nodes.push(...grown.nodes)
      logIndexes.set(id, logIndex)
      entries.push({ message, proposal, logIndex, leafHash })
    }
    if (entries.length > 0) {
      await insertMessages(sql, entries, at)
      if (nodes.length > 0) await insertNodes(sql, nodes)
      await saveLogState(sql, frontier, at)
    }
    await write({ sql, logIndexes, at })
    return entries.length
  })
}
