import type { Database } from '../client'

/** What is kept of one source's answers, by voter. Voters it was never asked about are absent. */
export async function findPowers(
  db: Database,
  source: string,
  voters: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await db.query<{ voter: string; power: string }>(
    'select voter, power from power_answers where source = $1 and voter = any($2)',
    [source, voters],
  )
  return new Map(rows.map((row) => [row.voter, BigInt(row.power)]))
}
