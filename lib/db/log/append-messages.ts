import { hexToBytes } from 'viem/utils'
import { AppError } from '../../core/errors'
import { growTiles, type TileNode } from '../../core/log/grow-tiles'
import { encodeLeaf, hashLeaf } from '../../core/log/leaf'
import { type Frontier, rootOf } from '../../core/log/tree'
import type { Database, Sql } from '../client'
import { addJobs } from '../job/add-jobs'
import { createProposal } from '../proposal/create-proposal'
import { editProposal } from '../proposal/edit-proposal'
import { hideProposal } from '../proposal/hide-proposal'
import { type LockedProposal, lockProposals } from '../proposal/lock-proposals'
import { saveSpace } from '../space/save-space'
import { type CurrentBallot, findCurrentBallots, placeOf } from '../vote/find-current-ballots'
import { type AcceptedBallot, writeBallots } from '../vote/write-ballots'
import { findExcess } from './find-excess'
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
  /** Newest settings message by space. */
  readonly spaces: Map<string, string>
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
  for (const message of messages) {
    const now = Math.floor(acceptedAtMs / 1000)
    const objection = findObjection(situation, message, now) ?? (await findSurplus(sql, message, now))
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
    await insertMessages(sql, accepted, at)
    if (nodes.length > 0) await insertNodes(sql, nodes)
    await writeBallots(sql, ballots, at)
    await addJobs(sql, [
      ...new Map(accepted.flatMap(({ message }) => message.jobs).map((job) => [job.key, job])).values(),
    ])
    await sql.query('update log_state set size = $1, frontier = $2, root = $3, accepted_at = $4', [
      frontier.size,
      Buffer.concat(frontier.hashes),
      Buffer.from(rootOf(frontier)),
      at,
    ])
  }
  return results
}

async function lockLog(sql: Sql): Promise<{ frontier: Frontier; acceptedAtMs: number }> {
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
  const spaces = messages.flatMap(({ basis, space }) => (basis.settingsId === undefined ? [] : space))
  const settings =
    spaces.length === 0
      ? { rows: [] }
      : await sql.query<{ id: string; settings_id: string }>(
          'select id, settings_id from spaces where id = any($1)',
          [spaces],
        )
  return {
    ids: new Set(ids.rows.map(({ id }) => id)),
    spaces: new Map(settings.rows.map((row) => [row.id, row.settings_id])),
    proposals: await lockProposals(
      sql,
      messages.flatMap(({ basis }) => basis.proposal?.id ?? []),
    ),
    ballots: await findCurrentBallots(
      sql,
      messages.flatMap(({ author, effect }) =>
        effect.type === 'cast-ballot' ? { proposal: effect.proposal, voter: author } : [],
      ),
    ),
  }
}

function findObjection(situation: Situation, message: NewMessage, now: number): Appended | undefined {
  const refused = (reason: string): Appended => ({ status: 'refused', reason })
  const { basis, effect, space } = message
  if (situation.ids.has(message.id)) return refused('duplicate message')
  if (basis.settingsId !== undefined && basis.settingsId !== (situation.spaces.get(space) ?? null)) {
    return { status: 'stale' }
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
      return proposal?.isHidden && effect.as !== 'author' ? refused('unknown proposal') : undefined
    default:
      return undefined
  }
}

/** Counted anew for each proposal: those before it in the batch are written by then. */
async function findSurplus(
  sql: Sql,
  { author, effect, space }: NewMessage,
  now: number,
): Promise<Appended | undefined> {
  if (effect.type !== 'create-proposal' || effect.limits === null) return undefined
  const reason = await findExcess(sql, { space, author, now }, effect.limits)
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
  { spaces, proposals }: Situation,
  message: NewMessage,
  logIndex: number,
  at: Date,
): Promise<void> {
  const { effect } = message
  switch (effect.type) {
    case 'save-space':
      spaces.set(message.space, message.id)
      return saveSpace(sql, message, effect, at)
    case 'create-proposal':
      return createProposal(sql, message, effect, logIndex, at)
    case 'edit-proposal':
      change(proposals, effect.proposal, { definedBy: message.id })
      return editProposal(sql, message, effect, at)
    case 'hide-proposal': {
      const known = proposals.get(effect.proposal)
      change(proposals, effect.proposal, { isHidden: true, ...(effect.as === 'author' && { goesOn: false }) })
      return hideProposal(sql, message, { ...effect, isFirst: !known?.isHidden }, at)
    }
  }
}

function change(proposals: Situation['proposals'], id: string, changes: Partial<LockedProposal>): void {
  const proposal = proposals.get(id)
  if (proposal) proposals.set(id, { ...proposal, ...changes })
}

async function insertMessages(
  sql: Sql,
  accepted: readonly { message: NewMessage; logIndex: number; leafHash: Uint8Array }[],
  at: Date,
): Promise<void> {
  const column = <T>(read: (message: NewMessage) => T) => accepted.map(({ message }) => read(message))
  await sql.query(
    `insert into messages (log_index, leaf_hash, id, kind, space, author, timestamp, envelope, envelope_hash, cid,
       verification, proposal, accepted_at)
     select *, $13 from unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
       $8::text[], $9::bytea[], $10::text[], $11::jsonb[], $12::text[])`,
    [
      accepted.map(({ logIndex }) => logIndex),
      accepted.map(({ leafHash }) => Buffer.from(leafHash)),
      column(({ id }) => id),
      column(({ kind }) => kind),
      column(({ space }) => space),
      column(({ author }) => author),
      column(({ timestamp }) => timestamp),
      column(({ envelope }) => envelope.text),
      column(({ envelope }) => Buffer.from(hexToBytes(envelope.sha256))),
      column(({ envelope }) => envelope.cid),
      column(({ verification }) => JSON.stringify(verification)),
      column(proposalOf),
      at,
    ],
  )
}

async function insertNodes(sql: Sql, nodes: readonly TileNode[]): Promise<void> {
  await sql.query(
    'insert into log_nodes (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])',
    [
      nodes.map(({ level }) => level),
      nodes.map(({ index }) => index),
      nodes.map(({ hash }) => Buffer.from(hash)),
    ],
  )
}
