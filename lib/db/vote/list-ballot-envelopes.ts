import type { Database } from '../client'

/** A counted ballot with the message that it was signed in. */
export interface BallotEnvelope {
  readonly voter: string
  /** 18-decimal fixed point. */
  readonly power: bigint
  /** Canonical text. */
  readonly envelope: string
}

const pageSize = 1_000

/** Every current ballot of a proposal that counts, with power, in log order and in pages. */
export async function* listBallotEnvelopes(db: Database, proposal: string): AsyncGenerator<BallotEnvelope[]> {
  let after = '-1'
  for (;;) {
    const { rows } = await db.query<{ log_index: string; voter: string; power: string; envelope: string }>(
      `select vote.log_index, vote.voter, vote.power, message.envelope
       from votes vote join messages message using (log_index)
       where vote.proposal_id = $1 and vote.current and vote.countable and vote.power > 0 and vote.log_index > $2
       order by vote.log_index limit $3`,
      [proposal, after, pageSize],
    )
    yield rows.map(({ voter, power, envelope }) => ({ voter, power: BigInt(power), envelope }))
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = last.log_index
  }
}
