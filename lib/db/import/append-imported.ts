import { growTiles, type TileNode } from '../../core/log/grow-tiles'
import { encodeLeaf, hashLeaf } from '../../core/log/leaf'
import type { HexString } from '../../core/views/hex-string'
import type { Database, Sql } from '../client'
import { insertMessages, insertNodes, type LogEntry, lockLog, saveLogState } from '../log/append-messages'
import { makeWay } from './make-way'

/** A message of another hub, as the log takes it. */
export interface ImportedMessage {
  readonly message: LogEntry['message']
  /** The proposal it is about, its own id if it is one. */
  readonly proposal: HexString | null
  /** As the hub calls it: the message's id where that is proven, else `own` is. */
  readonly shown: HexString
  /** Under which the log keeps it as long as nobody has proven that it is the message `shown`. */
  readonly own: HexString
  readonly hub: string
}

/** Where the log has a message. */
export interface ImportedPlace {
  /** `shown`, or `own`. */
  readonly id: HexString
  readonly logIndex: number
}

/** What rows are written with, in the same transaction. */
export interface ImportTurn {
  readonly sql: Sql
  /**
   * By the ids that the hub shows, those that were in the log before too. What is missing was left out: that id is another
   * message's here, or the proposal it is about is not this hub's. Of it no row may be written.
   */
  readonly places: ReadonlyMap<string, ImportedPlace>
  readonly at: Date
}

/**
 * Appends messages of another hub to the log, those that are not in it, and has `write` write rows, in one transaction
 * under the lock that every append takes. Answers how many were new. To do it again changes nothing.
 *
 * A message that is in the log is only taken for one of these if it came from the same hub, and is of the same author, space
 * and proposal. Those that are proven take their ids from unproven copies of proposals.
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
    const known = await findKnown(sql, messages)
    const isNew = ({ shown, own }: ImportedMessage) => !known.has(shown) && !known.has(own)
    const proven = messages.filter(({ message, proposal }) => message.id === proposal)
    await makeWay(
      sql,
      proven.filter(isNew).map(({ shown }) => shown),
    )
    const foreign = await findForeign(sql, messages)
    const places = new Map<string, ImportedPlace>()
    const entries: LogEntry[] = []
    const nodes: TileNode[] = []
    let { frontier } = log
    for (const given of messages) {
      const { message, proposal, shown, own } = given
      const { id, kind, envelope } = message
      if (proposal !== null && foreign.has(proposal)) continue
      const before = known.get(shown) ?? known.get(own)
      if (before) {
        if (isSame(before, given)) places.set(shown, before)
        continue
      }
      const logIndex = frontier.size
      const leafHash = hashLeaf(encodeLeaf({ kind, id, envelopeSha256: envelope.sha256, acceptedAtMs }))
      const grown = growTiles(frontier, leafHash)
      frontier = grown.frontier
      nodes.push(...grown.nodes)
      const place = { id, logIndex }
      known.set(id, { ...message, ...place, hub: given.hub, proposal })
      places.set(shown, place)
      entries.push({ message, proposal, logIndex, leafHash })
    }
    if (entries.length > 0) {
      await insertMessages(sql, entries, at)
      if (nodes.length > 0) await insertNodes(sql, nodes)
      await saveLogState(sql, frontier, at)
    }
    await write({ sql, places, at })
    return entries.length
  })
}

/** A message that is in the log; `hub` null for one that was signed here. */
interface KnownMessage extends ImportedPlace {
  readonly kind: string
  readonly author: string
  readonly space: string
  readonly proposal: string | null
  readonly hub: string | null
}

async function findKnown(sql: Sql, messages: readonly ImportedMessage[]): Promise<Map<string, KnownMessage>> {
  const { rows } = await sql.query(
    `select id, log_index, kind, author, space, proposal,
       case when verification ->> 'method' = 'imported' then verification ->> 'imported' end as hub
     from messages where id = any($1)`,
    [messages.flatMap(({ shown, own }) => [shown, own])],
  )
  return new Map(rows.map((row) => [row.id, { ...row, logIndex: Number(row.log_index) }]))
}

function isSame(before: KnownMessage, { message, proposal, hub }: ImportedMessage): boolean {
  // Which of three definitions a ballot was signed by may not be known.
  const deed = (kind: string) => (kind.startsWith('vote') ? 'vote' : kind)
  return (
    before.hub === hub &&
    before.author === message.author &&
    before.space === message.space &&
    before.proposal === proposal &&
    deed(before.kind) === deed(message.kind)
  )
}

/** Of the proposals that they are about, those that are here and are no copies of that hub's in that space. */
async function findForeign(sql: Sql, messages: readonly ImportedMessage[]): Promise<ReadonlySet<string>> {
  const about = messages.filter(({ proposal }) => proposal !== null)
  const { rows } = await sql.query<{ id: string }>(
    `select distinct p.id from proposals p
     join unnest($1::text[], $2::text[], $3::text[]) as new(id, space, hub) on new.id = p.id
     where p.space_id <> new.space or p.origin ->> 'hub' is distinct from new.hub`,
    [
      about.map(({ proposal }) => proposal),
      about.map(({ message }) => message.space),
      about.map(({ hub }) => hub),
    ],
  )
  return new Set(rows.map(({ id }) => id))
}
