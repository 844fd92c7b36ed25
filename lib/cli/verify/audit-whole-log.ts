import type { Expected } from '../../core/audit/audit-options'
import { Findings } from '../../core/audit/findings'
import type { RecoverSigner } from '../../core/audit/recover-signer'
import { toBase64 } from '../../core/log/base64'
import { findCosignatures } from '../../core/log/cosignature'
import type { Leaf } from '../../core/log/leaf'
import type { TiledTree } from '../../core/log/proofs-from-tiles'
import type { KeptReceipt } from '../../core/log/receipt-file'
import { parseNote } from '../../core/log/signed-note'
import { TILE_WIDTH } from '../../core/log/tile-path'
import type { CanonicalMessage } from '../../core/messages/parse-canonical-envelope'
import { checkKeptReceipts } from './check-kept-receipts'
import { compareHistory } from './compare-history'
import { fetchMessage } from './fetch-message'
import { inOrder } from './in-order'
import { type LogCheckId, type LogReport, logChecks } from './log-report'
import type { LogServer } from './log-server'
import type { Evidence, LogState, SeenState } from './log-state'
import { openNote, openSignedState, type SignedState } from './open-signed-state'
import { type Entry, readEntries } from './read-entries'
import { verifyTree, WrongTile } from './verified-tree'

type FoundState = Pick<SeenState, 'note'> & Partial<SeenState>

/** What is known of a log before it is read. */
export interface LogQuestion {
  /** Verifier key that the log has to have. */
  readonly logKey?: string | undefined
  /** What earlier runs kept. */
  readonly kept?: LogState | undefined
  /** What was seen of it elsewhere; without a key, under the one that it has now. */
  readonly seen: readonly FoundState[]
  /** What its operator shows of it elsewhere, by the same rule: a bundle's. */
  readonly shown: readonly FoundState[]
  readonly receipts: readonly KeptReceipt[]
  readonly witnesses?: Expected['witnesses']
  /** Reads every entry, also those that an earlier run has read. */
  readonly isFull: boolean
  readonly recover: RecoverSigner
  /** Unix seconds. */
  readonly now: () => number
  /** Entries whose messages are to be read too. */
  readonly lookUp?: {
    /** Called with each entry that was read, in order. */
    wants(entry: Entry): boolean
    take(message: CanonicalMessage): void
  }
  /** Called now and then: entries, or messages, that were read. */
  readonly onProgress?: (done: number, of: number, what: 'entries' | 'messages') => void
}

export interface LogAudit {
  readonly report: LogReport
  /** What to keep for later runs; undefined for a log that is not well. */
  readonly state: LogState | undefined
  /** What to keep against the operator. */
  readonly evidence: Evidence | undefined
  /** For further questions; undefined if the tiles are wrong. */
  readonly tree: TiledTree | undefined
  readonly note: string | undefined
}

/** Seconds that clocks may differ. */
const CLOCK_SKEW = 60
/** How old a co-signature of a state that is no longer the newest may be, seconds. */
const WITNESS_AGE = 86_400
/** Checks that say nothing of the log's own state. */
const besides: readonly LogCheckId[] = ['messages', 'receipts', 'witnesses']
/** Messages fetched at once. */
const AHEAD = 8

/**
 * Reads a log over HTTP, the new part of it or all, and holds it against the state that it signed, states that it signed
 * before, and receipts. Holds one tile of entries at a time, and 1/256 of the tree.
 */
export async function auditWholeLog(server: LogServer, question: LogQuestion): Promise<LogAudit> {
  const { kept, isFull, recover, receipts, lookUp, onProgress } = question
  const findings = new Findings(logChecks)
  const opened = await openSignedState(findings, server, { logKey: question.logKey, kept })
  const { state } = opened
  if (!state) {
    leaveRest(findings, ['history', 'witnesses', 'tiles', 'entries', 'messages', 'order', 'receipts'])
    const { evidence } = opened
    const nothing = { state: undefined, tree: undefined, note: undefined }
    return { report: reportOf(findings, question, null), evidence, ...nothing }
  }
  const { size, root, origin } = state.checkpoint
  findings.describe('checkpoint', `${size} entries, root ${toBase64(root)}.`)
  const witnessed = question.witnesses && (await server.fetchWitnessed())
  countWitnesses(findings, state, witnessed, question)

  const newest = kept?.checkpoints.at(-1)
  // Older ones agreed with the newest when that was kept.
  const seen: SeenState[] = [
    ...(isFull ? (kept?.checkpoints ?? []) : newest ? [newest] : []),
    ...question.seen.map((elsewhere) => ({ key: state.key, ...elsewhere })),
  ]
  const shown: SeenState[] = [
    ...question.shown.map((elsewhere) => ({ key: state.key, ...elsewhere })),
    ...(witnessed === undefined ? [] : [{ note: witnessed, key: state.key }]),
  ]
  const tree = await unlessWrong(findings, () =>
    verifyTree(state.checkpoint, (tile) => server.fetchTile(tile)),
  )
  const evidence = await unlessWrong(findings, () => compareHistory(findings, state, tree, { seen, shown }))

  let read = 0
  if (!tree) leaveRest(findings, ['entries', 'messages', 'order', 'receipts'])
  else {
    // Of another history than the one that was read, nothing was.
    const from = isFull || !newest || evidence ? 0 : (openNote(newest.note, newest.key)?.size ?? 0)
    const order = orderCheck(findings, seen)
    const asked = new Set(receipts.map(({ receipt }) => receipt.logIndex))
    const found = new Map<number, Leaf>()
    const wanted: Leaf[] = []
    let looked = 0
    // What is not known as it was signed is about no proposal of this server: it takes no such messages.
    let copies = 0
    const firstTile = Math.floor(Math.max(0, Math.min(from, size) - 1) / TILE_WIDTH)
    for await (const entry of readEntries(findings, server, tree, tilesFrom(firstTile, size))) {
      read += 1
      order(entry)
      if (asked.has(entry.index)) found.set(entry.index, entry.leaf)
      if (lookUp?.wants(entry)) wanted.push(entry.leaf)
      if (read % TILE_WIDTH === 0) onProgress?.(entry.index, size, 'entries')
    }
    for await (const message of inOrder(wanted, AHEAD, (leaf) => fetchMessage(server, leaf))) {
      if (typeof message === 'string') findings.fail('messages', message)
      else if ('row' in message) copies += 1
      else lookUp?.take(message)
      looked += 1
      onProgress?.(looked, wanted.length, 'messages')
    }
    const copied = copies > 0 ? `, ${copies} of them copied from other hubs without what was signed` : ''
    findings.describe('messages', `${looked} that could be about the proposal were read${copied}.`)
    const older = new Set(
      [...asked]
        .filter((index) => index < firstTile * TILE_WIDTH)
        .map((index) => Math.floor(index / TILE_WIDTH)),
    )
    for await (const { index, leaf } of readEntries(findings, server, tree, older)) found.set(index, leaf)
    findings.describe('tiles', 'All that were read.')
    findings.describe('entries', `${read} were read${read < size ? `, ${size - read} in earlier runs` : ''}.`)
    await checkKeptReceipts(
      findings,
      server,
      { origin, size, entryAt: (index) => found.get(index) },
      { receipts, recover },
    )
  }

  const subject = { url: server.url, origin, key: state.key, size, root: toBase64(root), read }
  const report = reportOf(findings, question, subject)
  const isWell = report.checks.every(({ id, status }) => status !== 'failed' || besides.includes(id))
  return {
    report,
    evidence,
    tree,
    note: state.note,
    state: isWell ? nextState(state, question) : undefined,
  }
}

/** `act`'s answer; undefined, with a finding, if it met a tile that is wrong. */
async function unlessWrong<Result>(
  findings: Findings<LogCheckId>,
  act: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof WrongTile)) throw error
    findings.fail('tiles', error.message, error.path)
    return undefined
  }
}

function* tilesFrom(first: number, size: number): Generator<number> {
  for (let index = first; index * TILE_WIDTH < size; index += 1) yield index
}

/** Times never run backwards, and nothing is dated before a state that was seen without it. */
function orderCheck(findings: Findings<LogCheckId>, seen: readonly SeenState[]): (entry: Entry) => void {
  const states = seen
    .flatMap(({ note, key, seenAt }) => {
      const size = openNote(note, key)?.size
      return size === undefined || seenAt === undefined ? [] : { size, seenAt }
    })
    .sort((a, b) => a.size - b.size)
  let last = 0
  let passed = 0
  let seenAt = 0
  return ({ index, leaf }) => {
    for (; (states[passed]?.size ?? Number.POSITIVE_INFINITY) <= index; passed += 1) {
      seenAt = Math.max(seenAt, states[passed]?.seenAt ?? 0)
    }
    const { id, acceptedAtMs } = leaf
    findings.expect(
      acceptedAtMs >= last,
      'order',
      `Entry ${index} was accepted before the one in front of it.`,
      id,
    )
    if (acceptedAtMs / 1000 + CLOCK_SKEW < seenAt) {
      const detail = `Entry ${index} is dated ${new Date(acceptedAtMs).toISOString()}, and was not in the log that was seen on ${new Date(seenAt * 1000).toISOString()}: it was put in late.`
      findings.fail('order', detail, id)
    }
    last = Math.max(last, acceptedAtMs)
  }
}

/**
 * Counts who has co-signed this state or, since a busy log outgrows its witnesses, the newest that they have seen: within a
 * day, for what they saw long ago says little of what others see now.
 */
function countWitnesses(
  findings: Findings<LogCheckId>,
  { note, key, checkpoint }: SignedState,
  witnessed: string | undefined,
  { witnesses, now }: Pick<LogQuestion, 'witnesses' | 'now'>,
): void {
  if (!witnesses) {
    findings.leaveOpen('witnesses', 'Name witnesses that you trust to have them counted.')
    return
  }
  const { keys, least } = witnesses
  const states = [note, ...(witnessed === undefined ? [] : [witnessed])]
    .flatMap((text) => {
      const size = openNote(text, key)?.size
      if (size === undefined) return []
      const found = findCosignatures(parseNote(text), keys)
      const isNewest = size === checkpoint.size
      const fresh = found.filter(({ timestamp }) => isNewest || Math.abs(now() - timestamp) <= WITNESS_AGE)
      return { size, found, fresh }
    })
    .sort((a, b) => b.size - a.size)
  const best = states.find(({ fresh }) => fresh.length >= least)
  const stale = states.find(({ found }) => found.length >= least)
  if (best) {
    const names = best.fresh.map(({ name }) => name).join(', ')
    findings.describe('witnesses', `Co-signed at ${best.size} entries by ${names}.`)
  } else if (stale) {
    const hours = Math.floor((now() - Math.max(...stale.found.map(({ timestamp }) => timestamp))) / 3600)
    findings.leaveOpen(
      'witnesses',
      `What was co-signed is old: ${stale.size} of ${checkpoint.size} entries, ${hours.toLocaleString('en')} hours ago.`,
    )
  } else {
    const most = Math.max(0, ...states.map(({ found }) => found.length))
    const detail = `${most} of the trusted witnesses have co-signed a state of the log, not ${least}.`
    findings.fail('witnesses', detail, 'checkpoint')
  }
}

function leaveRest(findings: Findings<LogCheckId>, ids: readonly LogCheckId[]): void {
  for (const id of ids) findings.leaveOpen(id, 'Not looked at, since what it rests on failed.')
}

function reportOf(
  findings: Findings<LogCheckId>,
  { lookUp }: LogQuestion,
  subject: LogReport['subject'],
): LogReport {
  const checks = findings.checks().filter(({ id }) => lookUp || id !== 'messages')
  return { ok: checks.every(({ status }) => status !== 'failed'), checks, subject }
}

function nextState({ note, key, checkpoint, madeAt }: SignedState, { kept, now }: LogQuestion): LogState {
  const sizeOf = (seen: SeenState) => openNote(seen.note, seen.key)?.size
  const before = kept?.checkpoints ?? []
  const same = before.find((seen) => sizeOf(seen) === checkpoint.size)
  // Dates are compared by this clock: what a server with another one showed is remembered without a date.
  const isOurTime = madeAt !== undefined && Math.abs(now() - madeAt) <= CLOCK_SKEW / 2
  const seenAt = isOurTime ? madeAt : same?.seenAt
  const newest = { note, key, ...(seenAt !== undefined && { seenAt }) }
  return { key, checkpoints: [...before.filter((seen) => seen !== same), newest] }
}
