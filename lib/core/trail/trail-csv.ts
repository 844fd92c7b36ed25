import type { TrailEntry } from '../views/trail-view'
import { describeFact } from './describe-fact'

/** The columns, in order, each with what it holds; empty where an entry has no such thing. */
const columns: Readonly<Record<string, (entry: TrailEntry) => string | number | undefined | null>> = {
  /** Place in the log; empty: no signed message. */
  log_index: ({ message }) => message?.logIndex,
  /** ISO 8601, UTC: accepted, or happened. */
  time: ({ at, message }) => new Date(message?.acceptedAtMs ?? at * 1000).toISOString(),
  kind: ({ what }) => what.kind,
  author: ({ author }) => author,
  what: ({ what }) => describeFact(what),
  /** As the voter, or whoever stopped a settlement, gave it. */
  reason: ({ what }) => ('reason' in what ? what.reason : null),
  proposal: ({ proposal }) => proposal?.id,
  title: ({ proposal }) => proposal?.title,
  id: ({ id }) => id,
  /** ISO 8601, UTC: the signer's claim. */
  signed_at: ({ message }) => message && new Date(message.timestamp * 1000).toISOString(),
  signature: ({ message, what }) =>
    message?.signature ?? (what.kind === 'confirmation' ? what.signature : null),
  /** How the signature was checked: ecdsa, erc6492, eip1271, eip1271-legacy. */
  method: ({ message }) => message?.verification.method,
  /** Under which the whole message is served. */
  cid: ({ message }) => message?.cid,
  transaction: ({ what }) => (what.kind === 'settlement' ? what.transactionHash : null),
}

export const trailCsvHeader = line(Object.keys(columns))

/** An entry as one record of RFC 4180, its line break included. */
export function trailCsvRecord(entry: TrailEntry): string {
  return line(Object.values(columns).map((read) => read(entry) ?? ''))
}

function line(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => quote(harmless(String(cell)))).join(',')}\r\n`
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/**
 * A spreadsheet takes what begins with one of these for a formula, and where it separates cells by something else than
 * commas, also what comes after that: an apostrophe before it makes it text.
 */
function harmless(cell: string): string {
  // No lookbehind: it would read a long blank again from each of its characters.
  return cell.replace(/(^|[;|\t\r\n])([^\S\t\r\n]*)([=+\-@＝＋－＠])/g, "$1$2'$3")
}
