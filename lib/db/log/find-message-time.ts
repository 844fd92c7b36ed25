import type { Database } from '../client'

/** When a message of the log was signed, by its own word, in unix seconds; undefined when it is not in the log. */
export async function findMessageTime(db: Database, id: string): Promise<number | undefined> {
  const { rows } = await db.query<{ timestamp: string }>('select timestamp from messages where id = $1', [id])
  const [message] = rows
  return message && Number(message.timestamp)
}
