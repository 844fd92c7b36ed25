import { createGate, type Gate } from '../../platform/gate'
import type { Database } from '../client'
import type { HubColumns } from './hub-list'

/** Of a process's connections, those that strangers' questions may take at once: the rest is for voters. */
const AT_ONCE = 4
const AT_ONCE_PER_ADDRESS = 2
const WAITING = 1_000
const WAITING_PER_ADDRESS = 300
const MAX_MS = 3_000

/** For whom strangers' questions are read. */
export interface HubReader {
  readonly db: Database
  /** Whose statements wait for each other. */
  readonly ip: string
  /** Aborted: nobody waits for the answer any more, and no statement begins. */
  readonly signal?: AbortSignal
}

const gates = new WeakMap<Database, Gate>()

/**
 * A statement that a stranger had a say in: one of few at a time, two of an address, it reads only, and ends after 3 s.
 * Throws `database_unavailable` then, `rate_limited` when too many wait, the signal's reason when it is aborted.
 */
export function queryPublic(
  { db, ip, signal }: HubReader,
  text: string,
  values: readonly unknown[] = [],
): Promise<HubColumns[]> {
  const gate =
    gates.get(db) ??
    createGate({
      atOnce: AT_ONCE,
      waiting: WAITING,
      perKey: WAITING_PER_ADDRESS,
      atOncePerKey: AT_ONCE_PER_ADDRESS,
    })
  gates.set(db, gate)
  return gate.run(ip, async () => {
    signal?.throwIfAborted()
    return db.transaction(async (sql) => {
      await sql.query(`set transaction read only; set local statement_timeout = ${MAX_MS}`)
      return (await sql.query(text, [...values])).rows
    })
  })
}
