import { z } from 'zod'
import type { Database } from '../client'

/** The keeper as processes that do not hold its key know it. */
export interface KnownKeeper {
  readonly address: string
  /** The spaces it pays for. */
  readonly spaces: 'all' | readonly string[]
}

const keeperSchema = z.object({
  address: z.string(),
  spaces: z.union([z.literal('all'), z.array(z.string())]),
}) satisfies z.ZodType<KnownKeeper>

/** The keeper of the worker that started last; undefined before one has. */
export async function findKeeper(db: Database): Promise<KnownKeeper | undefined> {
  const row = await db.prisma.installation.findUnique({ where: { key: 'keeper' } })
  return row ? keeperSchema.parse(JSON.parse(row.value)) : undefined
}
