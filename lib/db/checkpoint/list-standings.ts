import type { Database } from '../client'
import { standingKey, type WitnessStanding, witnessStandingSchema } from './witness-standing'

/** How it goes with each of these witnesses (verifier keys) that was ever asked. */
export async function listStandings(
  db: Database,
  witnesses: readonly string[],
): Promise<Map<string, WitnessStanding>> {
  const rows = await db.prisma.installation.findMany({ where: { key: { in: witnesses.map(standingKey) } } })
  const values = new Map(rows.map(({ key, value }) => [key, value]))
  return new Map(
    witnesses.flatMap((witness) => {
      const value = values.get(standingKey(witness))
      return value === undefined ? [] : [[witness, witnessStandingSchema.parse(JSON.parse(value))]]
    }),
  )
}
