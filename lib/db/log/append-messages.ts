import { hexToBytes } from 'viem/utils'
import { AppError } from '../../core/errors'
import { growTiles, type TileNode } from '../../core/log/grow-tiles'
import { encodeLeaf, hashLeaf } from '../../core/log/leaf'
import { type Frontier, rootOf } from '../../core/log/tree'
import { ALIAS_SECONDS } from '../../core/messages/alias'
import type { HexString } from '../../core/views/hex-string'
import { type Alias, findAliases } from '../alias/find-aliases'
import { linkAlias } from '../alias/link-alias'
import { revokeAlias } from '../alias/revoke-alias'
import type { Database, Sql } from '../client'
import { followSpace } from '../follow/follow-space'
import { unfollowSpace } from '../follow/unfollow-space'
import { makeWay } from '../import/make-way'
import { addJobs } from '../job/add-jobs'
import { saveProfile } from '../profile/save-profile'
import { createProposal } from '../proposal/create-proposal'
import { editProposal } from '../proposal/edit-proposal'
import { flagProposal } from '../proposal/flag-proposal'
import { hideProposal } from '../proposal/hide-proposal'
import { type LockedProposal, lockProposals } from '../proposal/lock-proposals'
import { deleteSpace } from '../space/delete-space'
import { saveSpace } from '../space/save-space'
import { saveStatement } from '../statement/save-statement'
import { subscribe } from '../subscription/subscribe'
import { unsubscribe } from '../subscription/unsubscribe'
import { type CurrentBallot, findCurrentBallots, placeOf } from '../vote/find-current-ballots'
import { type AcceptedBallot, writeBallots } from '../vote/write-ballots'
import { findObstacle } from './find-obstacle'
import { type CastBallot, type NewMessage, proposalOf } from './new-message'

/** What became of one message of a batch. Only `accepted` changed anything. */
export type Appended =
  | { readonly status: 'accepted'; readonly logIndex: number; readonly acceptedAtMs: number }
  /** What its sender is told, in Snapshot's words. */
  | { readonly status: 'refused'; readonly reason: string }
  /** Its `basis` is not what holds now: to be checked again. */
  | { readonly status: 'stale' }
  | { readonly status: 'failed'; readonly error: unknown }

/**
 * Appends a batch of checked messages to the log in one transaction: log indexes without a gap, rows, running
 * totals, counters, the log's new root, the nodes that its tiles gain, and jobs. The lock on the log's one row orders
 * all processes that append. Under it, what may have changed since the check is looked at again.
 *
 * Answers after the commit, for each message by itself; a message that is refused or cannot be written does not
 * keep the others out. `nowMs` is this process's clock; acceptance times never run backwards, whosever clock does.
 *
 * When the connection breaks during the commit, the messages may have been written although all are answered
 * `failed` with `database_unavailable`: sending one again then gives `duplicate message`.
 */
export async function appendMessages(
  db: Database,
  nowMs: () => number,
  messages: readonly NewMessage[],
): Promise<Appended[]> {
  try {
    return await db.transaction((sql) => append(sql, nowMs, messages))
  } catch (error) {
    const isLost = error instanceof AppError && error.code === 'database_unavailable'
    if (isLost || messages.length === 1) return messages.map(() => ({ status: 'failed', error }))
    // One of them cannot be written, which is a mistake of ours; the others must not suffer.
    const results: Appended[] = []
    for (const message of messages) results.push(...(await appendMessages(db, nowMs, [message])))
    return results
  }
}

/** What holds while the lock does, kept up to date as the batch's messages are accepted one after the other. */
interface Situation {
  readonly ids: Set<string>
  readonly spaces: Map<string, { readonly settingsId: string; readonly isDeleted: boolean }>
  readonly aliases: Map<string, Pick<Alias, 'address' | 'id' | 'created'>>
  readonly proposals: Map<string, LockedProposal>
  readonly ballots: Map<string, CurrentBallot>
}

async function append(sql: Sql, nowMs: () => number, messages: readonly NewMessage[]): Promise<Appended[]> {
  const log = await lockLog(sql)
  const acceptedAtMs = Math.max(nowMs(), log.acceptedAtMs)
  const at = new Date(acceptedAtMs)
  const situation = await look(sql, messages)

  const results: Appended[] = []
  const accepted: { message: NewMessage; logIndex: number; leafHash: Uint8Array }[] = []
  const ballots: AcceptedBallot[] = []
  const nodes: TileNode[] = []
  let frontier = log.frontier
  const now = Math.floor(acceptedAtMs / 1000)
  for (const given of messages) {
    const message = given.isUndated ? { ...given, timestamp: now } : given
    const objection = findObjection(situation, message, now) ?? (await findRareObjection(sql, message, now))
    if (objection) {
      results.push(objection)
      continue
    }
    const logIndex = frontier.size
    if (message.effect.type === 'cast-ballot')
      ballots.push(takeBallot(situation, message, message.effect, logIndex))
    else await apply(sql, situation, message, logIndex, at)
    const { id, kind, envelope } = message
    const leafHash = hashLeaf(encodeLeaf({ kind, id, envelopeSha256: envelope.sha256, acceptedAtMs }))
    const grown = growTiles(frontier, leafHash)
    frontier = grown.frontier
    nodes.push(...grown.nodes)
    situation.ids.add(id)
    accepted.push({ message, logIndex, leafHash })
    results.push({ status: 'accepted', logIndex, acceptedAtMs })
  }

  if (accepted.length > 0) {
    await insertMessages(
      sql,
      accepted.map((entry) => ({ ...entry, proposal: proposalOf(entry.message) })),
      at,
    )
    if (nodes.length > 0) await insertNodes(sql, nodes)
    await writeBallots(sql, ballots, at)
    await addJobs(sql, [
      ...new Map(accepted.flatMap(({ message }) => message.jobs).map((job) => [job.key, job])).values(),
    ])
    await saveLogState(sql, frontier, at)
  }
  return results
}

/** The log as it is, locked until the transaction ends: whoever appends holds this. */
export async function lockLog(sql: Sql): Promise<{ frontier: Frontier; acceptedAtMs: number }> {
  const { rows } = await sql.query<{ size: string; frontier: Buffer; accepted_at: Date }>(
    'select size, frontier, accepted_at from log_state for update',
  )
  const [state] = rows
  if (!state) throw new AppError('fault', { message: 'log_state has no row' })
  const hashes = Array.from({ length: state.frontier.length / 32 }, (_, i) =>
    state.frontier.subarray(32 * i, 32 * (i + 1)),
  )
  return { frontier: { size: Number(state.size), hashes }, acceptedAtMs: state.accepted_at.getTime() }
}

async function look(sql: Sql, messages: readonly NewMessage[]): Promise<Situation> {
  const ids = await sql.query<{ id: string }>('select id from messages where id = any($1)', [
    messages.map(({ id }) => id),
  ])
  const proposals = await lockProposals(
    sql,
    messages.flatMap(({ basis }) => basis.proposal?.id ?? []),
  )
  const spaces = await findSpaces(
    sql,
    // A ballot's comes with its proposal.
    messages.flatMap(({ effect, space }) => (effect.type === 'cast-ballot' || space === '' ? [] : space)),
  )
  return {
    ids: new Set(ids.rows.map(({ id }) => id)),
    spaces: new Map([...[...proposals.values()].map(({ space }) => [space.id, space] as const), ...spaces]),
    aliases: await findAliases(
      sql,
      messages.flatMap(({ basis }) => basis.alias?.address ?? []),
    ),
    proposals,
    ballots: await findCurrentBallots(
      sql,
      messages.flatMap(({ author, effect }) =>
        effect.type === 'cast-ballot' ? { proposal: effect.proposal, voter: author } : [],
      ),
    ),
  }
}

async function findSpaces(sql: Sql, ids: readonly string[]): Promise<Situation['spaces']> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql.query<{ id: string; settings_id: string; deleted_at: Date | null }>(
    'select id, settings_id, deleted_at from spaces where id = any($1)',
    [ids],
  )
  return new Map(
    rows.map((row) => [row.id, { settingsId: row.settings_id, isDeleted: row.deleted_at !== null }]),
  )
}

function findObjection(situation: Situation, message: NewMessage, now: number): Appended | undefined {
  const refused = (reason: string): Appended => ({ status: 'refused', reason })
  const { basis, effect } = message
  if (situation.ids.has(message.id)) return refused('duplicate message')
  const space = situation.spaces.get(message.space)
  const lack = findLack(effect.type, space)
  if (lack) return refused(lack)
  if (basis.settingsId !== undefined && basis.settingsId !== (space?.settingsId ?? null)) {
    return { status: 'stale' }
  }
  if (basis.alias) {
    const link = situation.aliases.get(basis.alias.address)
    if (link?.address !== message.author || link.created < now - ALIAS_SECONDS) return refused('wrong alias')
    if (link.id !== basis.alias.link) return { status: 'stale' }
  }
  const proposal = basis.proposal && situation.proposals.get(basis.proposal.id)
  if (basis.proposal) {
    if (!proposal || (proposal.isHidden && !proposal.goesOn)) return refused('unknown proposal')
    const { definedBy, snapshotHash } = basis.proposal
    if (proposal.definedBy !== definedBy || proposal.snapshotHash !== snapshotHash) return { status: 'stale' }
  }
  switch (effect.type) {
    case 'create-proposal':
      return effect.end <= now ? refused('proposal end date must be in the future') : undefined
    case 'edit-proposal':
      return proposal && proposal.start <= now ? refused('proposal already started') : undefined
    case 'cast-ballot': {
      if (!proposal || proposal.isClosed || now < proposal.start || now > proposal.end) {
        return refused('not in voting window')
      }
      const current = situation.ballots.get(placeOf({ proposal: proposal.id, voter: message.author }))
      if (!current || current.timestamp < message.timestamp) return undefined
      if (current.timestamp > message.timestamp) return refused('already voted at later time')
      return current.id < message.id ? undefined : refused('already voted same time with lower index')
    }
    case 'hide-proposal':
      if (proposal && proposal.end < now) {
        return refused('not authorized to archive proposal: its voting has ended')
      }
      return proposal?.isHidden && effect.as !== 'author' ? refused('unknown proposal') : undefined
    case 'flag-proposal':
      if (proposal?.isHidden) return refused('unknown proposal')
      return proposal?.isFlagged ? refused('proposal already flagged') : undefined
    default:
      return undefined
  }
}

/** What Snapshot says where a message needs a space that is not there, or not any more. */
function findLack(
  type: NewMessage['effect']['type'],
  space: { readonly isDeleted: boolean } | undefined,
): string | undefined {
  switch (type) {
    case 'link-alias':
    case 'revoke-alias':
    case 'save-profile':
      return undefined
    case 'save-space':
      return space?.isDeleted ? 'space deleted, contact admin' : undefined
    default:
      if (space && !space.isDeleted) return undefined
      return type === 'delete-space' ? 'space not found' : 'unknown space'
  }
}

/** Looked at anew for each message: those before it in the batch are written by then. */
async function findRareObjection(sql: Sql, message: NewMessage, now: number): Promise<Appended | undefined> {
  const reason = message.effect.type === 'cast-ballot' ? undefined : await findObstacle(sql, message, now)
  return reason === undefined ? undefined : { status: 'refused', reason }
}

function takeBallot(
  situation: Situation,
  message: NewMessage,
  ballot: CastBallot,
  logIndex: number,
): AcceptedBallot {
  const proposal = situation.proposals.get(ballot.proposal)
  if (!proposal) throw new AppError('fault', { message: 'a ballot without its proposal as basis' })
  const place = placeOf({ proposal: ballot.proposal, voter: message.author })
  const replaced = situation.ballots.get(place)
  const { choice, powerByStrategy, countable } = ballot
  situation.ballots.set(place, {
    logIndex,
    id: message.id,
    timestamp: message.timestamp,
    choice,
    powerByStrategy,
    countable,
  })
  return { message, ballot, proposal, logIndex, replaced }
}

/** Everything but ballots is rare: written at once, one by one. */
async function apply(
  sql: Sql,
  { spaces, aliases, proposals }: Situation,
  message: NewMessage,
  logIndex: number,
  at: Date,
): Promise<void> {
  const { effect } = message
  switch (effect.type) {
    case 'save-space':
      spaces.set(message.space, { settingsId: message.id, isDeleted: false })
      return saveSpace(sql, message, effect, at)
    case 'delete-space':
      spaces.set(message.space, { settingsId: message.id, isDeleted: true })
      return deleteSpace(sql, message.space, at)
    case 'create-proposal':
      await makeWay(sql, [message.id])
      return createProposal(sql, message, effect, logIndex, at)
    case 'edit-proposal':
      change(proposals, effect.proposal, { definedBy: message.id })
      return editProposal(sql, message, effect, at)
    case 'hide-proposal': {
      const known = proposals.get(effect.proposal)
      change(proposals, effect.proposal, { isHidden: true, ...(effect.as === 'author' && { goesOn: false }) })
      return hideProposal(sql, message, { ...effect, isFirst: !known?.isHidden }, at)
    }
    case 'flag-proposal':
      change(proposals, effect.proposal, { isFlagged: true })
      return flagProposal(sql, message, effect)
    case 'follow':
      return followSpace(sql, message, effect)
    case 'unfollow':
      return unfollowSpace(sql, message)
    case 'subscribe':
      return subscribe(sql, message)
    case 'unsubscribe':
      return unsubscribe(sql, message)
    case 'link-alias': {
      const { author: address, id, timestamp: created } = message
      aliases.set(effect.alias, { address, id, created })
      return linkAlias(sql, message, effect)
    }
    case 'revoke-alias':
      aliases.delete(effect.alias)
      return revokeAlias(sql, message, effect)
    case 'save-profile':
      return saveProfile(sql, message, effect)
    case 'save-statement':
      return saveStatement(sql, message, effect)
  }
}

function change(proposals: Situation['proposals'], id: string, changes: Partial<LockedProposal>): void {
  const proposal = proposals.get(id)
  if (proposal) proposals.set(id, { ...proposal, ...changes })
}

/** A message in its place in the log. */
export interface LogEntry {
  readonly message: Omit<NewMessage, 'basis' | 'effect' | 'jobs'>
  /** The proposal it is about, its own id if it is one. */
  readonly proposal: HexString | null
  readonly logIndex: number
  readonly leafHash: Uint8Array
}

export async function insertMessages(sql: Sql, entries: readonly LogEntry[], at: Date): Promise<void> {
  const column = <T>(read: (message: LogEntry['message']) => T) => entries.map(({ message }) => read(message))
  await sql.query(
    `insert into messages (log_index, leaf_hash, id, kind, space, author, timestamp, envelope, envelope_hash, cid,
       verification, proposal, accepted_at)
     select *, $13 from unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
       $8::text[], $9::bytea[], $10::text[], $11::jsonb[], $12::text[])`,
    [
      entries.map(({ logIndex }) => logIndex),
      entries.map(({ leafHash }) => Buffer.from(leafHash)),
      column(({ id }) => id),
      column(({ kind }) => kind),
      column(({ space }) => space),
      column(({ author }) => author),
      column(({ timestamp }) => timestamp),
      column(({ envelope }) => envelope.text),
      column(({ envelope }) => Buffer.from(hexToBytes(envelope.sha256))),
      column(({ envelope }) => envelope.cid),
      column(({ verification }) => JSON.stringify(verification)),
      entries.map(({ proposal }) => proposal),
      at,
    ],
  )
}

export async function insertNodes(sql: Sql, nodes: readonly TileNode[]): Promise<void> {
  await sql.query(
    'insert into log_nodes (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])',
    [
      nodes.map(({ level }) => level),
      nodes.map(({ index }) => index),
      nodes.map(({ hash }) => Buffer.from(hash)),
    ],
  )
}

/** Writes down what the log has become. */
export async function saveLogState(sql: Sql, frontier: Frontier, at: Date): Promise<void> {
  await sql.query('update log_state set size = $1, frontier = $2, root = $3, accepted_at = $4', [
    frontier.size,
    Buffer.concat(frontier.hashes),
    Buffer.from(rootOf(frontier)),
    at,
  ])
}
