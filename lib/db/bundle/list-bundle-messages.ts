import type { HexString } from '../../core/views/hex-string'
import type { Database } from '../client'

/** A message that belongs in a proposal's bundle; of a ballot with what is kept beside the log. */
export interface BundleMessageRow {
  readonly logIndex: number
  readonly id: HexString
  /** A message kind of core/messages. */
  readonly kind: string
  readonly acceptedAtMs: number
  /** Canonical text. */
  readonly envelope: string
  /** How the signature was checked; block and chain where a contract was asked. */
  readonly verification: {
    readonly method: 'ecdsa' | 'erc6492' | 'eip1271' | 'eip1271-legacy'
    readonly chainId?: number
    readonly block?: string
    readonly blockHash?: string
  }
  readonly vote: BundleVoteRow | null
}

export interface BundleVoteRow {
  readonly voter: string
  readonly choice: unknown
  readonly reason: string
  readonly app: string
  /** Unix seconds. */
  readonly timestamp: number
  readonly acceptedAtMs: number
  /** 18-decimal fixed point in decimal; null while unknown. */
  readonly power: string | null
  readonly powerByStrategy: readonly string[]
  readonly current: boolean
  readonly countable: boolean
}

/** Which part of the log a bundle is about. */
export interface BundleRange {
  readonly proposal: string
  readonly space: string
  /** Of the proposal. */
  readonly logIndex: bigint
  /** Entries of the log at the checkpoint. */
  readonly logSize: bigint
  /** Whether aliases may have signed in it: their links belong there too. */
  readonly mayHaveAliases: boolean
}

/** A message is at most a tenth of a megabyte, a usual ballot half a kilobyte. */
const pageSize = 250

/**
 * Every message of a bundle in log order: the space's settings in force at the proposal and all since, the proposal, all
 * messages about it; of each alias that signed one of these, the link that it first signed by
 * and all about it since. Holds one page at a time, and no connection between two.
 */
export async function* listBundleMessages(
  db: Database,
  range: BundleRange,
): AsyncGenerator<BundleMessageRow> {
  const { proposal, space, logIndex, logSize } = range
  const settings = await db.query<{ first: string | null }>(
    `select max(log_index) as first from messages where space = $1 and kind = 'settings' and log_index < $2`,
    [space, logIndex],
  )
  // Settings alone may come before the proposal, those in force first.
  const settingsFrom = BigInt(settings.rows[0]?.first ?? logIndex)
  const links = range.mayHaveAliases ? await listLinks(db, range) : []
  let after = (links[0] !== undefined && links[0] < settingsFrom ? links[0] : settingsFrom) - 1n
  for (let linked = 0; ; ) {
    while (links[linked] !== undefined && (links[linked] ?? 0n) <= after) linked += 1
    const { rows } = await db.query<Row>(
      `select m.log_index, m.id, m.kind, m.accepted_at, m.envelope, m.verification, v.id is not null as is_vote, v.voter,
         v.choice, v.reason, v.app, v.timestamp, v.accepted_at as vote_accepted_at, v.power, v.power_by_strategy::text[]
         as parts, v.current, v.countable
       from (
         (select log_index from messages where proposal = $1 and log_index > $3 and log_index < $4
            and verification ->> 'method' <> 'imported'
          order by log_index limit $5)
         union
         (select log_index from messages where space = $2 and kind = 'settings' and log_index > $3 and log_index < $4
            and log_index >= $6
          order by log_index limit $5)
         union
         (select unnest($7::bigint[]))
         order by log_index limit $5
       ) place
       join messages m using (log_index) left join votes v using (log_index)
       order by log_index`,
      [...[proposal, space, after, logSize, pageSize, settingsFrom], links.slice(linked, linked + pageSize)],
    )
    for (const row of rows) yield toMessage(row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = BigInt(last.log_index)
  }
}

/** Where in the log the links of aliases and their ends are, in order. */
async function listLinks(db: Database, { proposal, logSize }: BundleRange): Promise<bigint[]> {
  const { rows } = await db.query<{ log_index: string }>(
    `with signed as (
       select distinct on (author, verification #>> '{alias,address}') author, verification #>> '{alias,address}' as alias,
         verification #>> '{alias,link}' as link
       from messages where proposal = $1 and log_index < $2 and verification ? 'alias'
       order by author, verification #>> '{alias,address}', log_index
     )
     select m.log_index from signed
     join messages first on first.id = signed.link
     join messages m on m.author = signed.author and m.space = '' and m.log_index >= first.log_index and m.log_index < $2
     where m.kind in ('alias', 'revoke-alias') and m.envelope::jsonb #>> '{data,message,alias}' = signed.alias
     order by m.log_index`,
    [proposal, logSize],
  )
  return rows.map((row) => BigInt(row.log_index))
}

interface Row {
  log_index: string
  id: HexString
  kind: string
  accepted_at: Date
  envelope: string
  verification: BundleMessageRow['verification']
  is_vote: boolean
  voter: string
  choice: unknown
  reason: string
  app: string
  timestamp: string
  vote_accepted_at: Date
  power: string | null
  parts: string[]
  current: boolean
  countable: boolean
}

function toMessage(row: Row): BundleMessageRow {
  const { id, kind, envelope, verification } = row
  const { voter, choice, reason, app, power, current, countable } = row
  return {
    logIndex: Number(row.log_index),
    id,
    kind,
    acceptedAtMs: row.accepted_at.getTime(),
    envelope,
    verification,
    vote: row.is_vote
      ? {
          voter,
          choice,
          reason,
          app,
          power,
          current,
          countable,
          timestamp: Number(row.timestamp),
          acceptedAtMs: row.vote_accepted_at.getTime(),
          powerByStrategy: row.parts,
        }
      : null,
  }
}
