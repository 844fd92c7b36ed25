import pg from 'pg'
import { getAddress } from 'viem'

/** One large proposal, and a voter who votes everywhere. */
export interface FilledHub {
  readonly space: string
  readonly proposal: string
  readonly voter: string
  /** A hundred others who voted on the proposal. */
  readonly voters: readonly string[]
}

const id = (kind: string, n: string) => `'0x' || encode(sha256(('${kind}' || ${n})::bytea), 'hex')`
/** Votes a second, as signed: so many share a moment. */
const RATE = 20
const START = 1_790_000_000
const voter = getAddress(`0x${'ab'.repeat(20)}`)
/** Further voters of the large proposal with addresses that can be asked for: SQL makes no checksums. */
const voters = Array.from({ length: 100 }, (_, n) => getAddress(`0x${String(n).padStart(40, 'c')}`))

/**
 * Writes a space with a proposal of so many ballots, and 2,000 proposals of other spaces with 100 each, by SQL: rows as
 * the write pipeline leaves them, but for signatures. Powers are whole numbers up to 1,000, so that many are equal.
 */
export async function fillHub(url: string, ballots: number): Promise<FilledHub> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statementsFor(ballots)) await client.query(statement)
    const { rows } = await client.query<{ proposal: string }>(`select ${id('proposal', '0')} as proposal`)
    return { space: 'space-0', proposal: rows[0]?.proposal ?? '', voter, voters }
  } finally {
    await client.end()
  }
}

const OTHERS = 2_000
const EACH = 100

function statementsFor(ballots: number): string[] {
  const total = ballots + OTHERS * EACH
  /** Which proposal a ballot is of, and in which space. */
  const proposal = `(case when n < ${ballots} then 0 else 1 + (n - ${ballots}) / ${EACH} end)`
  const inSpace = (number: string) => `'space-' || (${number}) % 20`
  /** The one voter votes first on the large proposal and last on each other. */
  const isOurs = `(n = 0 or (n >= ${ballots} and (n - ${ballots}) % ${EACH} = ${EACH - 1}))`
  return [
    'set synchronous_commit = off',
    `insert into spaces (id, name, settings, controller, settings_id, proposal_count, vote_count, created_at, updated_at,
       active_at)
     select 'space-' || n, 'Space ' || n, jsonb_build_object('name', 'Space ' || n, 'network', '1', 'strategies',
       jsonb_build_array(jsonb_build_object('name', 'ticket', 'params', '{}'::jsonb))), '${voter}', ${id('settings', 'n')},
       0, 0, now(), now(), now()
     from generate_series(0, 19) n`,
    `insert into proposals (id, defined_by, log_index, space_id, author, title, body, discussion, type, choices, labels, app,
       privacy, timestamp, start, "end", network, snapshot, snapshot_hash, snapshot_time, symbol, settings_id, strategies,
       rule, plugins, created_at, vote_count)
     select ${id('proposal', 'n')}, ${id('proposal', 'n')}, ${total} + n, ${inSpace('n')}, '${voter}', 'Proposal ' || n,
       repeat('Why we should. ', 200), '', 'basic', '{For,Against,Abstain}', '{}', '', '', ${START} + n, ${START},
       2000000000, '1', 1, '0x', 1, 'VOTE', ${id('settings', 'n % 20')},
       '[{"id": "ticket", "params": {}, "network": "1", "version": 1}]', '{"kind": "majority", "quorum": null}', '{}',
       now(), case n when 0 then ${ballots} else ${EACH} end
     from generate_series(0, ${OTHERS}) n`,
    `insert into votes (log_index, id, proposal_id, space_id, voter, choice, reason, app, metadata, timestamp, accepted_at,
       power, power_by_strategy, current)
     select n, ${id('vote', 'n')}, ${id('proposal', proposal)}, ${inSpace(proposal)},
       case when ${isOurs} then '${voter}' when n between 1 and 100 then ('{${voters}}'::text[])[n] else '0x' || left(encode(sha256(('voter' || n)::bytea), 'hex'), 40) end,
       to_jsonb(1 + n % 3), '', 'snapshot', '{}', ${START} + n / ${RATE}, now(), power, array[power], true
     from generate_series(0, ${total - 1}) n,
       lateral (select (1 + (n::bigint * 7919) % 1000) * 1000000000000000000::numeric as power) p`,
    `insert into messages (log_index, id, kind, space, author, proposal, timestamp, accepted_at, envelope, envelope_hash,
       cid, leaf_hash, verification)
     select log_index, id, 'vote', space_id, voter, proposal_id, timestamp, accepted_at,
       '{"address":"' || voter || '","sig":"0x' || repeat('1b', 65) || '","data":"' || repeat('x', 800) || '"}',
       sha256(id::bytea), 'bafkrei' || left(encode(sha256(id::bytea), 'hex'), 52), sha256(id::bytea), '{"method":"ecdsa"}'
     from votes`,
    `insert into tally_cells (proposal_id, strategy, key, sum)
     select proposal_id, -1, choice::text, sum(power) from votes group by proposal_id, choice`,
    'vacuum analyze',
  ]
}
