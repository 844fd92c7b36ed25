import type { MessageKind } from '../../core/messages/definitions'
import type { HexString } from '../../core/views/hex-string'
import type { MessageView } from '../../core/views/record-view'
import type { Database } from '../client'

/** A message of the log, and what is derived from it. */
export interface MessageRow {
  readonly id: HexString
  readonly kind: MessageKind
  readonly space: string
  readonly author: HexString
  /** The proposal it is about, its own id if it is one, under its title now. */
  readonly proposal: { readonly id: HexString; readonly title: string } | null
  /** Unix seconds, as signed. */
  readonly timestamp: number
  readonly acceptedAtMs: number
  readonly logIndex: number
  /** Canonical text. */
  readonly envelope: string
  readonly cid: string
  readonly verification: MessageView['verification']
  readonly ballot: {
    /** 18-decimal fixed point; null while it cannot be read. */
    readonly power: bigint | null
    readonly countable: boolean
    /** The ballot of its voter that stands now. */
    readonly current: HexString
  } | null
}

/** A message by its id. */
export async function findMessage(db: Database, id: string): Promise<MessageRow | undefined> {
  const { rows } = await db.query(
    `select message.*, proposal.title, vote.power, vote.countable, standing.id as current
     from messages message
     left join proposals proposal on proposal.id = message.proposal
     left join votes vote on vote.log_index = message.log_index
     left join votes standing
       on standing.proposal_id = vote.proposal_id and standing.voter = vote.voter and standing.current
     where message.id = $1`,
    [id],
  )
  const [row] = rows
  return (
    row && {
      id: row.id,
      kind: row.kind,
      space: row.space,
      author: row.author,
      proposal: row.title === null ? null : { id: row.proposal, title: row.title },
      timestamp: Number(row.timestamp),
      acceptedAtMs: row.accepted_at.getTime(),
      logIndex: Number(row.log_index),
      envelope: row.envelope,
      cid: row.cid,
      verification: row.verification,
      ballot:
        row.current === null
          ? null
          : {
              power: row.power === null ? null : BigInt(row.power),
              countable: row.countable,
              current: row.current,
            },
    }
  )
}
