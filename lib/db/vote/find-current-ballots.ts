import type { Choice } from '../../core/voting/voting-system'
import type { Sql } from '../client'
import type { Ballot } from './ballot'

/** A voter's current ballot, as a re-vote meets it. */
export interface CurrentBallot extends Ballot {
  readonly logIndex: number
  readonly id: string
  /** Unix seconds, as signed. */
  readonly timestamp: number
}

export interface VoterOfProposal {
  readonly proposal: string
  readonly voter: string
}

/** Names a voter's place in a proposal: it holds one current ballot. */
export function placeOf({ proposal, voter }: VoterOfProposal): string {
  return `${proposal} ${voter}`
}

/** The current ballots of these voters where there are any, by `placeOf`. */
export async function findCurrentBallots(
  sql: Sql,
  voters: readonly VoterOfProposal[],
): Promise<Map<string, CurrentBallot>> {
  if (voters.length === 0) return new Map()
  const { rows } = await sql.query(
    `select vote.log_index, vote.id, vote.proposal_id, vote.voter, vote.timestamp, vote.choice, vote.countable,
       vote.power,       vote.power_by_strategy::text[] as parts
     from unnest($1::text[], $2::text[]) as place(proposal_id, voter)
     join votes vote on vote.proposal_id = place.proposal_id and vote.voter = place.voter and vote.current`,
    [voters.map(({ proposal }) => proposal), voters.map(({ voter }) => voter)],
  )
  return new Map(
    rows.map((row) => [
      placeOf({ proposal: row.proposal_id, voter: row.voter }),
      {
        logIndex: Number(row.log_index),
        id: row.id,
        timestamp: Number(row.timestamp),
        choice: row.choice as Choice,
        powerByStrategy: row.power === null ? null : row.parts.map(BigInt),
        countable: row.countable,
      },
    ]),
  )
}
