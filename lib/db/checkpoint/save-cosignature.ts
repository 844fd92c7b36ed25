import type { Database } from '../client'

/** Keeps a witness's co-signature and, with the first one, the checkpoint. The first of a witness and size stays. */
export async function saveCosignature(
  db: Database,
  cosignature: {
    readonly size: number
    /** The checkpoint as the log alone signed it. */
    readonly note: string
    readonly madeAt: Date
    /** The witness's verifier key. */
    readonly witness: string
    /** Its signature line, the newline too. */
    readonly line: string
    readonly cosignedAt: Date
  },
): Promise<void> {
  const { size, note, madeAt, witness, line, cosignedAt } = cosignature
  await db.query(
    `with made as (insert into checkpoints (size, note, made_at) values ($1, $2, $3) on conflict do nothing)
     insert into cosignatures (size, witness, line, cosigned_at) values ($1, $4, $5, $6) on conflict do nothing`,
    [size, note, madeAt, witness, line, cosignedAt],
  )
}
