import { negateDelta } from '../../core/tally/ballot-delta'
import type { Choice } from '../../core/voting/voting-system'
import type { Database } from '../client'
import { lockProposals } from '../proposal/lock-proposals'
import { addToCells } from '../tally/add-to-cells'
import { type Ballot, cellsOf, isCounted, isPending, totalPower } from './ballot'
import type { Unweighed } from './list-unweighed'

/** Of which proposal, and how far, powers hold. */
export interface PowerScope {
  readonly proposalId: string
  /** The block that they were read at. */
  readonly snapshotHash: string
  /** They may still change. */
  readonly provisional?: boolean
  /** Only for ballots that wait: what others have by now was read later, with more ballots. */
  readonly pendingOnly?: boolean
  /** Ballots that are taken into account from now on. */
  readonly weighed?: Unweighed
}

/**
 * Gives ballots of a proposal their power: those that wait for it, and current ones whose power was provisional. Any
 * other is left alone, so a repetition changes nothing. Running totals and counters of current ballots that can be counted
 * move by the difference; one without power counts no more. `powers` holds one power per strategy for each voter.
 *
 * When the proposal has moved to another block since, or other ballots were `weighed` in the meantime, nothing happens.
 * Answers how many ballots got their power.
 */
export async function setPower(
  db: Database,
  { proposalId, snapshotHash, provisional = false, pendingOnly = false, weighed }: PowerScope,
  powers: ReadonlyMap<string, readonly bigint[]>,
): Promise<number> {
  return db.transaction(async (sql) => {
    const proposal = (await lockProposals(sql, [proposalId])).get(proposalId)
    if (!proposal || proposal.snapshotHash !== snapshotHash) return 0
    if (weighed) {
      const { rowCount } = await sql.query(
        'update proposals set weighed_index = $3 where id = $1 and weighed_index = $2',
        [proposalId, weighed.from, weighed.to],
      )
      if (rowCount !== 1) return 0
    }
    const { rows } = await sql.query(
      `select log_index, voter, choice, current, countable, power, power_by_strategy::text[] as parts from votes
       where proposal_id = $1 and voter = any($2) and (power is null or (provisional and current and not $3))`,
      [proposalId, [...powers.keys()], pendingOnly],
    )
    const ballots = rows.map((row) => {
      const { choice, countable } = row as { choice: Choice; countable: boolean }
      const before: Ballot = {
        choice,
        countable,
        powerByStrategy: row.power === null ? null : row.parts.map(BigInt),
      }
      const powerByStrategy = powers.get(row.voter) ?? []
      return {
        logIndex: Number(row.log_index),
        isCurrent: row.current as boolean,
        before,
        after: { ...before, powerByStrategy },
      }
    })
    await sql.query(
      `update votes set power = known.power, power_by_strategy = known.parts::numeric[], provisional = $4 and current
       from unnest($1::bigint[], $2::numeric[], $3::text[]) as known(log_index, power, parts)
       where votes.log_index = known.log_index`,
      [
        ballots.map(({ logIndex }) => logIndex),
        ballots.map(({ after }) => totalPower(after.powerByStrategy).toString()),
        ballots.map(({ after }) => `{${after.powerByStrategy.join(',')}}`),
        provisional,
      ],
    )
    const current = ballots.filter(({ isCurrent }) => isCurrent)
    await addToCells(
      sql,
      current.flatMap(({ before, after }) =>
        [...cellsOf(after, proposal), ...negateDelta(cellsOf(before, proposal))].map((cell) => ({
          ...cell,
          proposalId,
        })),
      ),
    )
    const moved = (counts: (ballot: Ballot) => boolean) =>
      current.reduce((sum, { before, after }) => sum + Number(counts(after)) - Number(counts(before)), 0)
    await sql.query(
      'update proposals set pending_count = pending_count + $2, vote_count = vote_count + $3 where id = $1',
      [proposalId, moved(isPending), moved(isCounted)],
    )
    return ballots.length
  })
}
