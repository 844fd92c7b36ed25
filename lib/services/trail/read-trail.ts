import { z } from 'zod'
import { type TrailGroup, trailGroupNames, trailGroups } from '../../core/trail/trail-groups'
import type { TrailEntry } from '../../core/views/trail-view'
import { listActs } from '../../db/trail/list-acts'
import { listMessages } from '../../db/trail/list-messages'
import type { Context } from '../context'
import { cursorLogIndex } from '../keyset-cursor'
import { viewAct, viewMessage } from './view-entry'

/** Which part of a space's history. Everything that is set must hold. */
export interface TrailFilter {
  /** Lower case. */
  readonly space: string
  readonly kind?: TrailGroup | undefined
  /** EIP-55. */
  readonly author?: string | undefined
  readonly proposal?: string | undefined
  /** A message's id, a hash of what was done on chain, or a place in the log (decimal digits). */
  readonly find?: string | undefined
}

/** The last entry of a page, and the last message up to there. */
export const trailPlace = z.strictObject({
  logIndex: cursorLogIndex.nullable(),
  atMs: z.int().min(0),
  /** Null: the last entry is a message. */
  act: z
    .string()
    .regex(/^[a-z]+:0x[0-9a-f]{64}(:[\w ]{1,120})?$/)
    .nullable(),
})

export type TrailPlace = z.output<typeof trailPlace>

export interface ReadEntry {
  readonly entry: TrailEntry
  /** The canonical text of its message. */
  readonly envelope: string | null
}

/**
 * A page of a space's history: messages by their place in the log, and between them, by time, what else happened.
 * Acceptance never runs backwards, so both orders are one.
 */
export async function readTrail(
  ctx: Context,
  { space, kind, author, proposal, find }: TrailFilter,
  {
    order,
    after,
    first,
  }: { readonly order: 'new' | 'old'; readonly after: TrailPlace | null; readonly first: number },
): Promise<{ items: ReadEntry[]; next: TrailPlace | null }> {
  const hash = find?.startsWith('0x') ? find : undefined
  const number = hash === undefined ? find : undefined
  const kinds = (kind === undefined ? trailGroupNames : [kind]).flatMap((name) => trailGroups[name])
  const hasActs = (kind === undefined || kind === 'results') && number === undefined
  const rest = { order, first: first + 1 }
  const [messages, acts] = await Promise.all([
    listMessages(
      ctx.db,
      { space, kinds, author, proposal, id: hash, logIndex: number },
      { ...rest, logIndex: after?.logIndex ?? null },
    ),
    hasActs
      ? listActs(
          ctx.db,
          { space, author, proposal, hash },
          { ...rest, after: after && { atMs: after.atMs, id: after.act ?? '' } },
        )
      : [],
  ])
  const direction = order === 'new' ? -1 : 1
  // Of one moment, the message comes first: what else happened followed from what was in the log.
  const merged = [
    ...messages.map((row) => ({ atMs: row.acceptedAt.getTime(), rank: 0, row, act: null })),
    ...acts.map((act) => ({ atMs: act.atMs, rank: 1, row: null, act })),
  ].sort((a, b) => direction * (a.atMs - b.atMs || a.rank - b.rank))

  const page = merged.slice(0, first)
  const last = page.at(-1)
  const lastRow = page.findLast(({ row }) => row !== null)?.row
  return {
    items: page.map(({ row, act }) =>
      row ? { entry: viewMessage(row), envelope: row.envelope } : { entry: viewAct(act), envelope: null },
    ),
    next:
      last && merged.length > page.length
        ? {
            logIndex: lastRow?.logIndex ?? after?.logIndex ?? beforeFirst(messages[0]?.logIndex, order),
            atMs: last.atMs,
            act: last.act?.id ?? null,
          }
        : null,
  }
}

/** Where a reader stands who has seen no message yet: what is accepted while they read on is not on a later page. */
function beforeFirst(logIndex: string | undefined, order: 'new' | 'old'): string | null {
  return order === 'old' || logIndex === undefined ? null : String(BigInt(logIndex) + 1n)
}
