import type { Database } from '../client'

/** Which part of a space's history. Everything that is set must hold. */
export interface TrailFilter {
  readonly space: string
  /** Message kinds. */
  readonly kinds: readonly string[]
  /** EIP-55. */
  readonly author?: string | undefined
  readonly proposal?: string | undefined
  /** A message's id. */
  readonly id?: string | undefined
  readonly logIndex?: string | undefined
}

/** Newest first begins below `logIndex`, oldest first above it; null: at the end. */
export interface MessagePlace {
  readonly order: 'new' | 'old'
  readonly logIndex: string | null
  readonly first: number
}

/** One message with what it takes to say what it did. Log indexes are decimal. */
export interface TrailMessageRow {
  readonly logIndex: string
  readonly id: string
  readonly kind: string
  readonly author: string
  readonly timestamp: string
  readonly acceptedAt: Date
  readonly cid: string
  readonly envelope: string
  readonly verification: unknown
  readonly proposal: string | null
  /** Of the proposal, as it is now. */
  readonly title: string | null
  readonly type: string | null
  readonly choices: readonly string[] | null
  readonly symbol: string | null
  readonly proposalAuthor: string | null
  /** Of a ballot. */
  readonly choice: unknown
  readonly reason: string | null
  readonly power: string | null
  readonly countable: boolean | null
  readonly current: boolean | null
  /** The choice of the voter's ballot before it. */
  readonly formerChoice: unknown
  /** Where the voter's next ballot is. */
  readonly nextBallot: string | null
  /** The space's settings before settings, withdrawals and flags, the proposal's text before an edit. */
  readonly formerEnvelope: string | null
}

const ballotKinds = `('vote', 'vote-array', 'vote-string')`

/** A page of a space's messages, by their place in the log. */
export async function listMessages(
  db: Database,
  filter: TrailFilter,
  place: MessagePlace,
): Promise<TrailMessageRow[]> {
  if (filter.kinds.length === 0) return []
  // Otherwise the whole log of the space is read to find none of its messages.
  if (filter.proposal !== undefined && !(await isOfSpace(db, filter.proposal, filter.space))) return []
  const values: unknown[] = []
  const page = pageOf(filter, place, (value) => `$${values.push(value)}`)
  const { rows } = await db.query<TrailMessageRow>(
    `with page as (${page})
     select m.log_index as "logIndex", m.id, m.kind, m.author, m.timestamp, m.accepted_at as "acceptedAt", m.cid,
       m.envelope, m.verification, m.proposal, p.title, p.type, p.choices, p.symbol, p.author as "proposalAuthor",
       v.choice, v.reason, v.power::text, v.countable, v.current, former.choice as "formerChoice",
       case when not v.current then coalesce(
         (select log_index from votes where proposal_id = v.proposal_id and voter = v.voter and not current
            and log_index > v.log_index order by log_index limit 1),
         (select log_index from votes where proposal_id = v.proposal_id and voter = v.voter and current)
       ) end as "nextBallot",
       case
         when m.kind in ('settings', 'delete-proposal', 'flag-proposal') then
           (select envelope from messages where space = m.space and kind = 'settings' and log_index < m.log_index
            order by log_index desc limit 1)
         when m.kind = 'update-proposal' then
           (select envelope from messages where proposal = m.proposal and kind in ('proposal', 'update-proposal')
              and kind not in ${ballotKinds} and log_index < m.log_index
            order by log_index desc limit 1)
       end as "formerEnvelope"
     from page join messages m using (log_index)
     left join proposals p on p.id = m.proposal
     left join votes v on v.log_index = m.log_index
     left join lateral (
       select choice from votes where proposal_id = v.proposal_id and voter = v.voter and not current
         and log_index < v.log_index order by log_index desc limit 1
     ) former on true
     order by m.log_index ${place.order === 'new' ? 'desc' : 'asc'}`,
    values,
  )
  return rows
}

async function isOfSpace(db: Database, proposal: string, space: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from proposals where id = $1 and space_id = $2', [
    proposal,
    space,
  ])
  return rowCount !== 0
}

/** The log indexes of a page, by the index that fits: each of these reads no more rows than it answers, or few more. */
function pageOf(
  { space, kinds, author, proposal, id, logIndex }: TrailFilter,
  place: MessagePlace,
  bind: (value: unknown) => string,
): string {
  const [direction, beyond] = place.order === 'new' ? ['desc', '<'] : ['asc', '>']
  const end = `order by log_index ${direction} limit ${bind(place.first)}`
  const inSpace = [
    `space = ${bind(space)}`,
    ...(place.logIndex === null ? [] : [`log_index ${beyond} ${bind(place.logIndex)}::bigint`]),
  ]
  const wanted = `${bind(kinds)}::text[]`
  const narrower = [
    ...(author === undefined ? [] : [`author = ${bind(author)}`]),
    ...(proposal === undefined ? [] : [`proposal = ${bind(proposal)}`]),
    ...(id === undefined ? [] : [`id = ${bind(id)}`]),
    ...(logIndex === undefined ? [] : [`log_index = ${bind(logIndex)}::bigint`]),
  ]
  if (narrower.length === 0) {
    // The kinds side by side, each from its end: no index holds them in one order.
    return `select log_index from unnest(${wanted}) as wanted(kind) cross join lateral (
        select log_index from messages where ${inSpace.join(' and ')} and kind = wanted.kind ${end}
      ) as of_one_kind ${end}`
  }
  const hasBallots = kinds.some((kind) => kind.startsWith('vote'))
  return `select log_index from messages where ${[...inSpace, ...narrower].join(' and ')} and kind = any(${wanted})
      ${hasBallots ? '' : `and kind not in ${ballotKinds}`} ${end}`
}
