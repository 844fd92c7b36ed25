import { z } from 'zod'

/** A ballot or another row that is not copied, because it was proven false. */
const leftOutSchema = z.object({ id: z.string(), problem: z.string() })

const cursorsSchema = z.object({
  /** Unix seconds: rows created later are yet to be copied. */
  proposals: z.number().default(0),
  /** Number of the newest message that was looked at in the hub's feed. */
  mci: z.number().default(0),
  /** Of proposals that are not counted for good. */
  votes: z
    .record(
      z.string(),
      z.object({
        since: z.number(),
        /** Whether its ballots were read from the first on after voting was over. */
        isOver: z.boolean(),
        leftOut: z.array(leftOutSchema),
        leftOutCount: z.number(),
      }),
    )
    .default({}),
})

export type LeftOut = z.output<typeof leftOutSchema>
/** Where each list of a space goes on. */
export type Cursors = z.output<typeof cursorsSchema>

/** Reads the column of that name; of nothing, the beginning. */
export function readCursors(stored: unknown): Cursors {
  return cursorsSchema.parse(stored ?? {})
}
