import type { StatedModule } from '../../core/audit/module-config-json'
import type { DecisionRule } from '../../core/proposal/rule'
import type { Database } from '../client'

/**
 * Moves a proposal's snapshot to the block that has taken the place of the recorded one, and makes every current
 * ballot's power unknown again. Its totals start from nothing; `decided`, where there is one, is what decides
 * it from now on. Does
 * nothing when the hash is `block.hash` already, or the result is published.
 */
export async function resetPowers(
  db: Database,
  id: string,
  block: { readonly hash: string; readonly timestamp: number },
  decided: { readonly rule: DecisionRule; readonly module: StatedModule } | null = null,
): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.query('select 1 from log_state where id = 1 for update')
    const moved = await sql.query(
      `update proposals set snapshot_hash = $2, snapshot_time = $3, rule = coalesce($4::jsonb, rule),
         module = coalesce($5::jsonb, module)
       where id = $1 and snapshot_hash <> $2 and not exists (select from results where proposal_id = $1)`,
      [
        id,
        block.hash,
        block.timestamp,
        decided && JSON.stringify(decided.rule),
        decided && JSON.stringify(decided.module),
      ],
    )
    if (moved.rowCount !== 1) return
    await sql.query('delete from tally_cells where proposal_id = $1', [id])
    const { rows } = await sql.query<{ countable: boolean }>(
      `update votes set power = null, power_by_strategy = '{}', provisional = false where proposal_id = $1 and current returning countable`,
      [id],
    )
    const counted = rows.filter(({ countable }) => countable).length
    await sql.query('update proposals set pending_count = $2, vote_count = $2 where id = $1', [id, counted])
  })
}
