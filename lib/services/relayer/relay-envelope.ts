import type { WalletStanding } from '../../chain/read-wallets'
import { AppError } from '../../core/errors'
import { packApprovals } from '../../core/settlement/safe-message'
import type { HexString } from '../../core/views/hex-string'
import type { RelayedRow } from '../../db/relayed/relayed-row'
import { saveRelayedCheck } from '../../db/relayed/save-relayed-check'
import type { Ingest } from '../../ingest/ingest'
import type { Context } from '../context'
import { nextLook } from './next-look'
import { relayedApprovals } from './relayed-approvals'

/** Refusals that may be over in a minute, in Snapshot's words: its relayer tries again on these. */
const passing: ReadonlySet<string> = new Set([
  'signature validation failed',
  'failed to check validation',
  'failed to check vote validation',
  'failed to check voting power',
  'unable to fetch block',
])

/**
 * Hands a message that its wallet approves now to the write pipeline, which verifies it like any other, and keeps what
 * came of it. Killed in between, or done by two at once, it is done again: the log takes a message once.
 */
export async function relayEnvelope(
  ctx: Context,
  ingest: Ingest,
  row: RelayedRow,
  standing: WalletStanding,
): Promise<void> {
  const sig = findSignature(row, standing)
  const outcome = sig === undefined ? stillWaiting(null) : await append(ingest, row, sig)
  const checkedAt = new Date(ctx.clock.now())
  await saveRelayedCheck(ctx.db, {
    id: row.id,
    safe: standing.safe,
    checkedAt,
    dueAt: nextLook(ctx, row),
    ...outcome,
  })
  if (outcome.state !== 'waiting') {
    ctx.log.info({ event: `relayed.${outcome.state}`, id: row.id, reason: outcome.reason })
  }
}

/** What the wallet will be shown; undefined while it would not approve. */
function findSignature(row: RelayedRow, { isApproved, safe }: WalletStanding): HexString | undefined {
  if (isApproved) return '0x'
  if (!safe) return undefined
  const approvals = relayedApprovals(safe, row.approvals)
  return approvals.length < safe.threshold ? undefined : packApprovals(approvals.slice(0, safe.threshold))
}

type Outcome = Pick<RelayedRow, 'state' | 'reason'>

const stillWaiting = (reason: string | null): Outcome => ({ state: 'waiting', reason })

async function append(ingest: Ingest, { envelope }: RelayedRow, sig: HexString): Promise<Outcome> {
  try {
    await ingest.append({ ...JSON.parse(envelope), sig })
    return { state: 'accepted', reason: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'fault') throw error
    const { code, message } = error
    // It was accepted before somebody was killed, or by way of another server.
    if (message === 'duplicate message') return { state: 'accepted', reason: null }
    return code === 'invalid' && !passing.has(message)
      ? { state: 'refused', reason: message }
      : stillWaiting(message)
  }
}
