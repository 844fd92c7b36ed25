import { bytesToHex } from 'viem'
import type { HealthView } from '../../core/views/installation-view'
import { findLogState } from '../../db/log/find-log-state'
import { listNameProblems } from '../../db/name/list-name-problems'
import { translateError } from '../../db/translate-error'
import { countFailedVerifications } from '../../db/verification/count-failed-verifications'
import { countPendingVotes } from '../../db/vote/count-pending-votes'
import { findWorkerBeat } from '../../db/worker/find-worker-beat'
import { secondsOf } from '../../platform/clock'
import type { Context } from '../context'
import { version } from './version'

/** A worker that has been silent for longer is down. It beats every second. */
const silenceMs = 10_000

/** What is up and what is not, asked now. Never throws: `down` without a database, `degraded` without the rest. */
export async function getHealth(ctx: Context): Promise<HealthView> {
  const [database, chains] = await Promise.all([askDatabase(ctx), ctx.chains.health()])
  const worker = database.ok ? database.worker : { ok: false, seenAt: null }
  const names = database.ok ? database.names : []
  const isWell = worker.ok && chains.every((chain) => chain.ok) && names.length === 0
  return {
    status: database.ok ? (isWell ? 'ok' : 'degraded') : 'down',
    version,
    database: { ok: database.ok, error: database.ok ? null : database.error },
    chains: chains.map(({ chainId, ok, block, error }) => ({
      chainId,
      ok,
      block: block?.toString() ?? null,
      error: error ?? null,
    })),
    worker,
    log: database.ok ? database.log : null,
    pendingVotes: database.ok ? database.pendingVotes : null,
    failedBundles: database.ok ? database.failedBundles : null,
    names,
  }
}

async function askDatabase(ctx: Context) {
  try {
    const [log, beat, pendingVotes, failedBundles, names] = await Promise.all([
      findLogState(ctx.db),
      findWorkerBeat(ctx.db),
      countPendingVotes(ctx.db),
      countFailedVerifications(ctx.db),
      listNameProblems(ctx.db),
    ])
    return {
      ok: true as const,
      log: log ? { size: log.size.toString(), root: bytesToHex(log.root) } : null,
      worker: {
        ok: beat !== undefined && beat.agoMs < silenceMs,
        seenAt: beat ? secondsOf(beat.seenAt) : null,
      },
      pendingVotes,
      failedBundles,
      names,
    }
  } catch (error) {
    const translated = translateError(error)
    return { ok: false as const, error: translated instanceof Error ? translated.message : 'unknown' }
  }
}
