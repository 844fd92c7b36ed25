import { createGate, type Gate } from '../../platform/gate'
import type { Database } from '../client'
import type { HubColumns } from './hub-list'

/** Of a process's connections, those that strangers' questions may take at once: the rest is for voters. */
const AT_ONCE = 4
const WAITING = 500
const MAX_MS = 5_000

const gates = new WeakMap<Database, Gate>()

/**
 * A statement that a stranger had a say in: one of few at a time, it reads only, and ends after 5 s. Throws
 * `database_unavailable` then, `rate_limited` when too many wait.
 */
export function queryForAll(
  db: Database,
  text: string,
  values: readonly unknown[] = [],
): Promise<HubColumns[]> {
  const gate = gates.get(db) ?? createGate({ atOnce: AT_ONCE, waiting: WAITING, perKey: WAITING })
  gates.set(db, gate)
  return gate.run('', () =>
    db.transaction(async (sql) => {
      await sql.query(`set transaction read only; set local statement_timeout = ${MAX_MS}`)
      return (await sql.query(text, [...values])).rows
    }),
  )
}
