import { negateDelta } from '../../core/tally/ballot-delta'
import type { Sql } from '../client'
import type { CastBallot, NewMessage } from '../log/new-message'
import type { LockedProposal } from '../proposal/lock-proposals'
import { addToCells, type ProposalCellDelta } from '../tally/add-to-cells'
import { cellsOf, isCounted, isPending, totalPower } from './ballot'
import type { CurrentBallot } from './find-current-ballots'

/** One ballot that was accepted under the log's lock. */
export interface AcceptedBallot {
  readonly message: NewMessage
  readonly ballot: CastBallot
  readonly proposal: LockedProposal
  readonly logIndex: number
  /** The voter's ballot until now, perhaps of the same batch. */
  readonly replaced: CurrentBallot | undefined
}

/**
 * Writes ballots in log order: each becomes its voter's current one, and running totals and counters move by the
 * difference to what it replaces. The caller holds the log's lock and the proposals'.
 */
export async function writeBallots(sql: Sql, ballots: readonly AcceptedBallot[], at: Date): Promise<void> {
  if (ballots.length === 0) return
  const replaced = new Set(ballots.flatMap((entry) => entry.replaced?.logIndex ?? []))
  // First, so that no voter has two current ballots at any moment.
  if (replaced.size > 0) {
    await sql.query('update votes set current = false where log_index = any($1::bigint[]) and current', [
      [...replaced],
    ])
  }
  await insertVotes(sql, ballots, replaced, at)
  await addToCells(sql, ballots.flatMap(totalsMoved))
  await moveCounters(sql, ballots, at)
}

async function insertVotes(
  sql: Sql,
  ballots: readonly AcceptedBallot[],
  replaced: ReadonlySet<number>,
  at: Date,
): Promise<void> {
  const column = <T>(read: (entry: AcceptedBallot) => T) => ballots.map(read)
  await sql.query(
    `insert into votes (log_index, id, proposal_id, voter, timestamp, choice, reason, app, metadata, power,
       power_by_strategy, current, countable, space_id, provisional, accepted_at)
     select log_index, id, proposal_id, voter, timestamp, choice, reason, app, metadata, power, parts::numeric[],
       current, countable, space_id, provisional, $16
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::jsonb[], $7::text[], $8::text[],
       $9::jsonb[], $10::numeric[], $11::text[], $12::boolean[], $13::boolean[], $14::text[], $15::boolean[])
       as ballot(log_index, id, proposal_id, voter, timestamp, choice, reason, app, metadata, power, parts, current,
         countable, space_id, provisional)`,
    [
      column(({ logIndex }) => logIndex),
      column(({ message }) => message.id),
      column(({ proposal }) => proposal.id),
      column(({ message }) => message.author),
      column(({ message }) => message.timestamp),
      column(({ ballot }) => JSON.stringify(ballot.choice)),
      column(({ ballot }) => ballot.reason),
      column(({ ballot }) => ballot.app),
      column(({ ballot }) => JSON.stringify(ballot.metadata)),
      column(({ ballot }) => ballot.powerByStrategy && totalPower(ballot.powerByStrategy).toString()),
      column(({ ballot }) => `{${(ballot.powerByStrategy ?? []).join(',')}}`),
      column(({ logIndex }) => !replaced.has(logIndex)),
      column(({ ballot }) => ballot.countable),
      column(({ message }) => message.space),
      column(({ ballot }) => ballot.provisional),
      at,
    ],
  )
}

function totalsMoved({ ballot, proposal, replaced }: AcceptedBallot): ProposalCellDelta[] {
  return [...cellsOf(ballot, proposal), ...(replaced ? negateDelta(cellsOf(replaced, proposal)) : [])].map(
    (cell) => ({ ...cell, proposalId: proposal.id }),
  )
}

async function moveCounters(sql: Sql, ballots: readonly AcceptedBallot[], at: Date): Promise<void> {
  const proposals = new Map<string, { votes: number; pending: number }>()
  const spaces = new Map<string, number>()
  const people = new Map<string, { space: string; voter: string; votes: number; last: number }>()
  for (const { ballot, message, proposal, replaced } of ballots) {
    const counters = proposals.get(proposal.id) ?? { votes: 0, pending: 0 }
    counters.votes += Number(isCounted(ballot)) - Number(replaced !== undefined && isCounted(replaced))
    counters.pending += Number(isPending(ballot)) - Number(replaced !== undefined && isPending(replaced))
    proposals.set(proposal.id, counters)
    const isFirst = Number(replaced === undefined)
    const { space, author: voter, timestamp } = message
    spaces.set(space, (spaces.get(space) ?? 0) + isFirst)
    const { votes, last } = people.get(`${space} ${voter}`) ?? { votes: 0, last: timestamp }
    people.set(`${space} ${voter}`, {
      space,
      voter,
      votes: votes + isFirst,
      last: Math.max(last, timestamp),
    })
  }
  await sql.query(
    `update proposals set vote_count = vote_count + moved.votes, pending_count = pending_count + moved.pending
     from unnest($1::text[], $2::int[], $3::int[]) as moved(id, votes, pending) where proposals.id = moved.id`,
    [
      [...proposals.keys()],
      [...proposals.values()].map(({ votes }) => votes),
      [...proposals.values()].map(({ pending }) => pending),
    ],
  )
  const taken = [...people.values()]
  await sql.query(
    `with participated as (
       insert into participations (space_id, address, vote_count, last_vote)
       select * from unnest($4::text[], $5::text[], $6::int[], $7::bigint[])
       on conflict (space_id, address) do update set vote_count = participations.vote_count + excluded.vote_count,
         last_vote = greatest(participations.last_vote, excluded.last_vote)
     )
     update spaces set vote_count = vote_count + moved.votes, active_at = $3
     from unnest($1::text[], $2::int[]) as moved(id, votes) where spaces.id = moved.id`,
    [
      [...spaces.keys()],
      [...spaces.values()],
      at,
      taken.map(({ space }) => space),
      taken.map(({ voter }) => voter),
      taken.map(({ votes }) => votes),
      taken.map(({ last }) => last),
    ],
  )
}
