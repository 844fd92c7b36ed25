import type { Choice } from '../../core/voting/voting-system'
import type { Database } from '../client'
import { lockProposals } from '../proposal/lock-proposals'
import { addToCells } from '../tally/add-to-cells'
import { cellsOf, isCounted, totalPower } from './ballot'

/**
 * Gives pending ballots of a proposal their power, each exactly once: a ballot that has one is left alone, so a
 * repetition changes nothing. A current ballot that can be counted then counts in the running total; one without power counts no more.
 * `powers` holds one power per strategy for each voter, read at the block of that hash: when the proposal has moved to
 * another block since, nothing happens. Answers how many ballots got their power.
 */
export async function setPower(
  db: Database,
  { proposalId, snapshotHash }: { readonly proposalId: string; readonly snapshotHash: string },
  powers: ReadonlyMap<string, readonly bigint[]>,
): Promise<number> {
  return db.transaction(async (sql) => {
    const proposal = (await lockProposals(sql, [proposalId])).get(proposalId)
    if (!proposal || proposal.snapshotHash !== snapshotHash) return 0
    const { rows } = await sql.query(
      'select log_index, voter, choice, current, countable from votes where proposal_id = $1 and voter = any($2) and power is null',
      [proposalId, [...powers.keys()]],
    )
    const ballots = rows.map((row) => ({
      logIndex: Number(row.log_index),
      isCurrent: row.current as boolean,
      choice: row.choice as Choice,
      powerByStrategy: powers.get(row.voter) ?? [],
      countable: row.countable as boolean,
    }))
    await sql.query(
      `update votes set power = known.power, power_by_strategy = known.parts::numeric[]
       from unnest($1::bigint[], $2::numeric[], $3::text[]) as known(log_index, power, parts)
       where votes.log_index = known.log_index`,
      [
        ballots.map(({ logIndex }) => logIndex),
        ballots.map(({ powerByStrategy }) => totalPower(powerByStrategy).toString()),
        ballots.map(({ powerByStrategy }) => `{${powerByStrategy.join(',')}}`),
      ],
    )
    const current = ballots.filter(({ isCurrent, countable }) => isCurrent && countable)
    await addToCells(
      sql,
      current.flatMap((ballot) => cellsOf(ballot, proposal).map((cell) => ({ ...cell, proposalId }))),
    )
    await sql.query(
      'update proposals set pending_count = pending_count - $2, vote_count = vote_count - $3 where id = $1',
      [proposalId, current.length, current.filter((ballot) => !isCounted(ballot)).length],
    )
    return ballots.length
  })
}
