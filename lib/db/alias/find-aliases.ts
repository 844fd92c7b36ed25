import type { HexString } from '../../core/views/hex-string'
import type { Database } from '../client'

/** A key that signs for somebody. */
export interface Alias {
  readonly alias: HexString
  /** For whom. */
  readonly address: HexString
  /** The message that linked or renewed it. */
  readonly id: HexString
  /** Unix seconds, as signed. */
  readonly created: number
  /** The chain whose contract accepted that message for its author; null: a key signed it. */
  readonly chainId: number | null
}

/** The links of these keys, those that are too old to be good for anything too; a key that nobody links now is absent. */
export async function findAliases(
  db: Pick<Database, 'query'>,
  keys: readonly string[],
): Promise<Map<string, Alias>> {
  if (keys.length === 0) return new Map()
  const { rows } = await db.query<Omit<Alias, 'created'> & { readonly created: string }>(
    `select alias, address, id, created, chain_id as "chainId" from aliases
     where alias = any($1) and revoked_at is null`,
    [keys],
  )
  return new Map(rows.map((row) => [row.alias, { ...row, created: Number(row.created) }]))
}
