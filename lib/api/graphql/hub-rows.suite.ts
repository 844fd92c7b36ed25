import { getAddress, keccak256, toHex } from 'viem'
import { cidOf } from '../../core/messages/envelope'
import type { Database } from '../../db/client'

type Row = Readonly<Record<string, unknown>>

/** The time of the fixture's newest rows, unix seconds. */
export const NOW = 1_800_000_000

/** Texts that look like something else to SQL, to LIKE, to JSON or to Postgres. */
export const hostileTexts = [
  `' or '1'='1`,
  `'; drop table votes; --`,
  `") union select 1 --`,
  '$1',
  '%',
  '_',
  '\\',
  'a\0b',
  '\ud800',
  '',
]

const hash = (text: string) => keccak256(toHex(text))
/** An address; those below 9 belong to people who do everything. */
export const person = (number: number) => getAddress(`0x${hash(`person ${number}`).slice(2, 42)}`)
const one = 10n ** 18n

/** The same numbers in each run. */
function createDice(): (sides: number) => number {
  let state = 42
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * sides)
  }
}

/** Rows of every table that the hub reads, of every kind that makes a difference to it, and their order in time mixed. */
export async function insertHubRows(db: Database) {
  const dice = createDice()
  const pick = <Item>(items: readonly Item[]) => items[dice(items.length)] as Item
  const people = Array.from({ length: 9 }, (_, i) => person(i))
  const strategies = ['ticket', 'erc20-votes', 'whitelist']
  const apps = ['snapshot', 'snapshot-v2', '']
  const created = () => NOW - 3_000 + 100 * dice(30)

  const spaces = Array.from({ length: 14 }, (_, i) => ({
    id: `space-${i}${i % 3 === 0 ? '.eth' : ''}`,
    name: i === 5 ? '100% _right\\ ones' : `Space ${'ABC'[i % 3]}`,
    settings: {
      name: `Space ${i}`,
      network: i % 2 ? '1' : '137',
      strategies: [
        { name: pick(strategies), params: {} },
        ...(i % 4 ? [] : [{ name: 'api', network: '10' }]),
      ],
      ...(i % 2 && { plugins: { [i % 4 === 1 ? 'poap' : 'quorum']: {} } }),
      ...(i === 1 && { parent: 'space-2', children: ['space-4', 'space-7', 'space-99'] }),
      ...(i === 4 && { private: true }),
      ...(i > 7 && { categories: ['defi', ...(i % 2 ? ['grant'] : [])], symbol: 'VOTE' }),
      ...(i % 3 === 1 && { admins: [people[0]], moderators: [people[1]], members: [people[0], people[2]] }),
    },
    controller: pick(people),
    settings_id: hash(`settings ${i}`),
    proposal_count: dice(40),
    vote_count: dice(4_000),
    follower_count: dice(500),
    created_at: new Date(1000 * created()),
    updated_at: new Date(1000 * created()),
    active_at: new Date(1000 * NOW),
    deleted_at: i === 13 ? new Date(1000 * NOW) : null,
    domain: i % 5 === 1 ? `vote${i}.example.org` : null,
    verified: i % 3 === 0,
    turbo: i % 4 === 0,
    hibernated: i === 8,
    flag_code: i === 6 ? 2 : 0,
    name_problem: i === 3 ? 'The name has expired.' : null,
  }))

  const proposals = Array.from({ length: 70 }, (_, i) => {
    const start = NOW + 1_000 * (dice(7) - 4)
    return {
      id: hash(`proposal ${i}`),
      defined_by: i % 6 === 0 ? hash(`update ${i}`) : hash(`proposal ${i}`),
      log_index: 1_000_000_000 + i,
      space_id: pick(spaces).id,
      author: pick(people),
      title: i % 7 ? `Proposal ${i}` : `Raise 50% of ${i}_s \\ share`,
      body: `Body ${i}`,
      discussion: '',
      type: pick(['basic', 'approval', 'ranked-choice']),
      choices: ['For', 'Against', 'Abstain'],
      labels: [['a', 'b'], ['a'], ['c', 'b', 'a'], []][i % 4],
      app: pick(apps),
      privacy: '',
      timestamp: created(),
      start,
      end: start + 500 + 1_000 * dice(4),
      network: pick(['1', '137']),
      snapshot: 100 + i,
      snapshot_hash: hash('block'),
      snapshot_time: NOW - 9_000,
      symbol: 'VOTE',
      settings_id: hash('settings 0'),
      vote_validation: pick([
        { name: 'any', params: {} },
        { name: 'basic', params: { minScore: 3 } },
      ]),
      quorum: dice(3) / 4,
      quorum_type: i % 5 ? '' : 'rejection',
      strategies: [{ id: pick(strategies), params: {}, network: '1', version: 1 }],
      rule: { kind: 'leader', quorum: null },
      plugins: i % 3 ? {} : { poap: { url: 'x' } },
      created_at: new Date(1000 * NOW),
      updated_at: i % 6 === 0 ? new Date(1000 * created()) : null,
      vote_count: dice(9),
      pending_count: 0,
      hidden_at: i % 11 === 10 ? new Date(1000 * NOW) : null,
      hidden_by: i % 11 === 10 ? people[0] : null,
      hidden_as: i % 11 === 10 ? 'admin' : null,
      flag_code: i % 10 === 3 ? 1 : 0,
    }
  })

  const votes = Array.from({ length: 320 }, (_, i) => {
    const proposal = pick(proposals)
    const power = i % 9 === 0 ? null : (BigInt(dice(6)) * one) / 3n + BigInt(dice(3))
    return {
      id: hash(`vote ${i}`),
      log_index: 2_000_000_000 + i,
      proposal_id: proposal.id,
      space_id: proposal.space_id,
      voter: person(100 + (i % 40)),
      choice: 1 + dice(3),
      reason: pick(['', 'because', `it's "so"`]),
      app: pick(apps),
      metadata: {},
      timestamp: created(),
      accepted_at: new Date(1000 * NOW),
      power: power?.toString() ?? null,
      power_by_strategy: power === null ? [] : [power.toString()],
      provisional: power !== null && i % 8 === 0,
      current: true,
    }
  })
  const places = new Set<string>()
  for (const vote of votes) {
    const place = `${vote.proposal_id} ${vote.voter}`
    if (places.has(place)) vote.current = false
    places.add(place)
  }

  const rows = <Extra extends Row>(kind: string, count: number, make: (i: number) => Extra) =>
    Array.from({ length: count }, (_, i) => ({ id: hash(`${kind} ${i}`), created: created(), ...make(i) }))
  const aliases = rows('alias', 30, (i) => ({ alias: person(200 + i), address: pick(people) }))
  const follows = rows('follow', 60, (i) => ({
    follower: people[i % 9],
    space_id: spaces[(i * 5 + Math.floor(i / 14)) % 14]?.id,
    network: i < 42 ? 's' : 'eth',
  })).filter(isFirst(({ follower, space_id, network }) => `${follower} ${space_id} ${network}`))
  const subscriptions = rows('subscription', 40, (i) => ({
    address: people[i % 9],
    space_id: spaces[(i * 3) % 14]?.id,
  })).filter(isFirst(({ address, space_id }) => `${address} ${space_id}`))
  const profiles = rows('profile', 7, (i) => ({
    address: people[i],
    profile: { name: `Person ${i}`, ...(i % 2 && { about: 'x', avatar: 'ipfs://x', lens: 'l' }) },
  }))
  const statements = rows('statement', 30, (i) => ({
    delegate: people[i % 9],
    space_id: spaces[i % 14]?.id,
    network: i % 2 ? 's' : 'eth',
    ...{ about: `About ${i}`, statement: 'Words', discourse: '', status: 'ACTIVE', updated: NOW },
  }))
  const participations = people.flatMap((person) =>
    spaces
      .filter(() => dice(3) > 0)
      .map((space) => ({
        space_id: space.id,
        address: person,
        proposal_count: dice(4),
        vote_count: dice(9),
        last_vote: dice(3) ? created() : null,
      })),
  )

  /** The key that signs for somebody, as a message's verification has it. */
  const aliasOf = (author: unknown) => {
    const link = aliases.find(({ address }) => address === author)
    return link && { address: link.alias, link: link.id }
  }
  const messages = [
    ...proposals.flatMap((row) => [
      {
        id: row.id,
        kind: 'proposal',
        space: row.space_id,
        author: row.author,
        proposal: row.id,
        timestamp: row.timestamp,
        log_index: row.log_index,
      },
      ...(row.defined_by === row.id
        ? []
        : [
            {
              id: row.defined_by,
              kind: 'update-proposal',
              space: row.space_id,
              author: row.author,
              proposal: row.id,
              timestamp: created(),
              log_index: row.log_index + 500,
            },
          ]),
    ]),
    ...votes.map((row, i) => ({
      id: row.id,
      kind: ['vote', 'vote-array', 'vote-string'][i % 3],
      space: row.space_id,
      author: row.voter,
      proposal: row.proposal_id,
      timestamp: row.timestamp,
      log_index: row.log_index,
    })),
    ...[aliases, follows, subscriptions, profiles, statements].flatMap((list, k) =>
      list.map((row, i) => ({
        id: row.id,
        kind: ['alias', 'follow', 'subscribe', 'profile', 'statement'][k],
        space: 'space_id' in row ? row.space_id : '',
        author: people[i % 9],
        proposal: null,
        timestamp: row.created,
        log_index: 1_500_000_000 + 1_000 * k + i,
      })),
    ),
  ].map((row, i) => ({
    ...row,
    accepted_at: new Date(1000 * NOW),
    envelope: JSON.stringify({ address: row.author, sig: '0x1b', hash: row.id, data: {} }),
    envelope_hash: `\\x${row.id.slice(2)}`,
    leaf_hash: `\\x${row.id.slice(2)}`,
    cid: cidOf(Buffer.from(row.id.slice(2), 'hex')),
    verification: { method: 'ecdsa', ...(i % 2 && { alias: aliasOf(row.author) }) },
  }))
  const results = proposals
    .filter((row, i) => row.end < NOW && i % 2)
    .map(({ id, end }) => ({
      proposal_id: id,
      scores: ['1500000000000000000', '1', '0'],
      scores_by_strategy: [['1500000000000000000'], ['1'], ['0']],
      scores_total: '1500000000000000001',
      votes: 2,
      outcome: { status: 'passed', text: 'Passed.', quorum: null },
      status: 'passed',
      log_size: 1,
      log_root: '\\x00',
      finalized_at: new Date(1000 * (end + 5)),
    }))

  const tables = {
    spaces,
    proposals,
    votes,
    messages,
    aliases,
    follows,
    subscriptions,
    profiles,
    statements,
    participations,
    results,
  }
  for (const [table, list] of Object.entries(tables)) await insert(db, table, list)
  return tables
}

export type HubRows = Awaited<ReturnType<typeof insertHubRows>>

function isFirst<Item>(keyOf: (item: Item) => string): (item: Item) => boolean {
  const seen = new Set<string>()
  return (item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)) !== undefined
}

async function insert(db: Database, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map((name) => `"${name}"`)
    .join(', ')
  await db.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  )
}
