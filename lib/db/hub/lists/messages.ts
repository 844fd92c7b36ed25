import type { HexString } from '../../../core/views/hex-string'
import type { HubList } from '../hub-list'

/** A message of the log without its text. */
export interface HubMessage {
  readonly id: HexString
  readonly logIndex: number
  readonly kind: string
  readonly space: string
  readonly author: HexString
  /** The proposal it is about, its own id if it is one. */
  readonly proposal: HexString | null
  /** Unix seconds, as signed. */
  readonly timestamp: number
  readonly acceptedAt: Date
  readonly cid: string
  readonly verification: unknown
}

/** Who signed: the author, or a key that is his alias. */
const signer = `coalesce(m.verification #>> '{alias,address}', m.author)`

const byLog = { sql: 'm.log_index', type: 'bigint' } as const

/** What Snapshot calls a vote are three kinds here, by how their choice is written. */
const kindsOf = { vote: ['vote', 'vote-array', 'vote-string'], 'vote-array': [], 'vote-string': [] }

/** The log, of deleted things too. Snapshot counts from 1, and takes a bound of 0 for none. */
export const messages: HubList<HubMessage> = {
  from: 'messages m',
  visible: 'true',
  key: 'm.log_index',
  columns:
    'm.id, m.log_index, m.kind, m.space, m.author, m.proposal, m.timestamp, m.accepted_at, m.cid, m.verification',
  fields: {
    id: { sql: 'm.id', type: 'hash' },
    mci: { sql: 'm.log_index', type: 'integer', shift: 1 },
    address: {
      sql: signer,
      type: 'address',
      // Of those signed for too: links of keys are kept for ever.
      within: (signers) =>
        `m.author = any(array(select unnest(${signers}) union select address from aliases where alias = any(${signers})))`,
    },
    timestamp: { sql: 'm.timestamp', type: 'integer' },
    space: { sql: 'm.space', type: 'space' },
    type: { sql: 'm.kind', type: 'text', standsFor: kindsOf },
  },
  order: 'timestamp',
  unknownOrder: 'mci',
  orders: {
    timestamp: {
      keys: [
        { sql: 'm.timestamp', type: 'bigint', runs: 'with' },
        { ...byLog, runs: 'with' },
      ],
    },
    mci: { keys: [{ ...byLog, runs: 'with' }] },
  },
  toRow: (row) => ({
    id: row.id,
    logIndex: Number(row.log_index),
    kind: row.kind,
    space: row.space,
    author: row.author,
    proposal: row.proposal,
    timestamp: Number(row.timestamp),
    acceptedAt: row.accepted_at,
    cid: row.cid,
    verification: row.verification,
  }),
}
