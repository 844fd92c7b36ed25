import { type HubReader, queryPublic } from './query-public'

/** Long texts that are read for themselves, where somebody asks for them: a row is short without. */
const texts = {
  body: 'select id as key, body as text from proposals where id = any($1::text[])',
  cid: 'select id as key, cid as text from messages where id = any($1::text[])',
  // Ballots of one time lie side by side in the log, their ids anywhere.
  cidAt: 'select log_index as key, cid as text from messages where log_index = any($1::bigint[])',
  envelope: 'select id as key, envelope as text from messages where id = any($1::text[])',
} as const

/** Bodies of proposals by id; content ids of messages by id or log index, their canonical texts by id. */
export async function listTexts(
  reader: HubReader,
  what: keyof typeof texts,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await queryPublic(reader, texts[what], [keys])
  return new Map(rows.map((row) => [row.key, row.text]))
}
