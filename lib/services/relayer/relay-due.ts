import { type BlockRef, fetchBlock } from '../../chain/blocks'
import { mapLimited } from '../../chain/map-limited'
import { readWallets } from '../../chain/read-wallets'
import { AppError } from '../../core/errors'
import { endRelayed } from '../../db/relayed/end-relayed'
import { listDueRelayed } from '../../db/relayed/list-due-relayed'
import type { RelayedRow } from '../../db/relayed/relayed-row'
import { saveRelayedCheck } from '../../db/relayed/save-relayed-check'
import type { Ingest } from '../../ingest/ingest'
import type { Context } from '../context'
import { nextLook } from './next-look'
import { relayEnvelope } from './relay-envelope'

/** Messages of one run, and of them handed on at once. */
const runLength = 200
const concurrency = 8
/** How long what became of a message can be asked for. */
const keptMs = 30 * 86_400_000

/**
 * Asks the wallets that are due whether they approve by now, each chain at one block, and hands on what they do. Answers
 * whether some may be left to do at once. A chain that is silent, or one message that fails, keeps no other from it.
 */
export async function relayDue(ctx: Context, ingest: Ingest): Promise<boolean> {
  const nowMs = ctx.clock.now()
  const now = new Date(nowMs)
  await endRelayed(ctx.db, { now, forgetBefore: new Date(nowMs - keptMs) })
  const rows = await listDueRelayed(ctx.db, { now, first: runLength })
  const chainIds = [...new Set(rows.map(({ chainId }) => chainId))]
  await Promise.all(
    chainIds.map((chainId) =>
      relayOn(
        ctx,
        ingest,
        chainId,
        rows.filter((row) => row.chainId === chainId),
      ),
    ),
  )
  return rows.length === runLength
}

async function relayOn(
  ctx: Context,
  ingest: Ingest,
  chainId: number,
  rows: readonly RelayedRow[],
): Promise<void> {
  try {
    const block = await fetchBlock(ctx.chains, chainId, 'latest')
    await relayAt(ctx, ingest, block, rows)
  } catch (error) {
    await postpone(ctx, rows, error)
  }
}

async function relayAt(
  ctx: Context,
  ingest: Ingest,
  block: BlockRef,
  rows: readonly RelayedRow[],
): Promise<void> {
  const questions = rows.map(({ address, id }) => ({ address, digest: id }))
  const standings = await readWallets(ctx.chains, block, questions).catch((error) => {
    if (rows.length === 1) throw error
  })
  await mapLimited(concurrency, [...rows.entries()], async ([i, row]) => {
    const standing = standings?.[i]
    // One of them may be why they cannot be asked together: no other waits for it.
    const work = standing ? relayEnvelope(ctx, ingest, row, standing) : relayAt(ctx, ingest, block, [row])
    await work.catch((error) => postpone(ctx, [row], error))
  })
}

async function postpone(ctx: Context, rows: readonly RelayedRow[], error: unknown): Promise<void> {
  const isKnown = error instanceof AppError
  if (isKnown && error.code === 'database_unavailable') throw error
  if (isKnown && error.retry)
    ctx.log.warn({ event: 'relayed.delayed', count: rows.length, reason: error.message })
  else ctx.log.error({ event: 'relayed.failed', ids: rows.map(({ id }) => id), err: error })
  const reason = isKnown && error.retry ? error.message : 'internal error'
  const checkedAt = new Date(ctx.clock.now())
  for (const row of rows) {
    await saveRelayedCheck(ctx.db, {
      id: row.id,
      state: 'waiting',
      reason,
      checkedAt,
      dueAt: nextLook(ctx, row),
    })
  }
}
