import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Runner, run, type WorkerEvents } from 'graphile-worker'
import { addJobs } from '../db/job/add-jobs'
import { saveKeeper } from '../db/keeper/save-keeper'
import { beatWorker } from '../db/worker/beat-worker'
import { forgetWorker } from '../db/worker/forget-worker'
import { releaseDeadWorkers } from '../db/worker/release-dead-workers'
import type { Context } from '../services/context'
import { checkNames } from './definitions/check-names'
import { collectCosignatures } from './definitions/collect-cosignatures'
import { dropStaleExecutions } from './definitions/drop-stale-executions'
import { relayMessages } from './definitions/relay-messages'
import { resumeProposals } from './definitions/resume-proposals'
import { verifyBundles } from './definitions/verify-bundles'
import { watchChains } from './definitions/watch-chains'
import { createJobLogger } from './job-logger'
import { jobs } from './registry'
import { runJob } from './run-job'

/** How often a worker says that it lives, and after what silence others take its jobs. */
const beatMs = 1_000
const silenceMs = 5_000

export interface Worker {
  /** Lets running jobs end, gives the others back. */
  stop(): Promise<void>
}

/**
 * Runs jobs until stopped. Outlives a database that goes away for a while. Whatever a worker left locked when
 * it was killed is taken over within seconds, by this one or any other.
 */
export async function startWorker(ctx: Context): Promise<Worker> {
  let stopping = false
  if (ctx.keeper) {
    const { keeperSpaces: spaces } = ctx.env
    await saveKeeper(ctx.db, { address: ctx.keeper.address, spaces })
    if (spaces.length === 0) {
      ctx.log.warn(
        { event: 'keeper.idle' },
        'The keeper pays for no space: name those it should settle in COMITIA_KEEPER_SPACES.',
      )
    }
  }
  let runner = await startRunner(ctx)
  const now = new Date(ctx.clock.now())
  await addJobs(ctx.db.pool, [
    watchChains.at(now, {}),
    resumeProposals.at(now, {}),
    dropStaleExecutions.at(now, {}),
    verifyBundles.at(now, {}),
    collectCosignatures.at(now, {}),
    relayMessages.at(now, {}),
    checkNames.at(now, {}),
  ])

  // graphile-worker ends its run when it cannot write a job's end; a new run picks up from the database.
  const supervised = (async () => {
    for (;;) {
      const failure = await runner.ended
      if (stopping) return
      ctx.log.warn({ event: 'worker.restarted', err: failure })
      for (;;) {
        await sleep(beatMs)
        if (stopping) return
        const restarted = await startRunner(ctx).catch(() => undefined)
        if (restarted === undefined) continue
        runner = restarted
        break
      }
    }
  })()

  return {
    async stop() {
      stopping = true
      await runner.stop()
      await supervised
    },
  }
}

async function startRunner(ctx: Context): Promise<{ ended: Promise<unknown>; stop(): Promise<void> }> {
  let workerId = ''
  const events = new EventEmitter() as WorkerEvents
  events.on('pool:create', ({ workerPool }) => {
    workerId = workerPool.id
  })
  await releaseDeadWorkers(ctx.db, silenceMs)
  const runner: Runner = await run({
    pgPool: ctx.db.pool,
    concurrency: 4,
    pollInterval: 500,
    noHandleSignals: true,
    events,
    logger: createJobLogger(ctx.log),
    parsedCronItems: [],
    taskList: Object.fromEntries(
      jobs.map((job) => [job.id, (queued: unknown) => runJob(withJob(ctx, job.id), job, queued)]),
    ),
  })
  const beat = () =>
    beatWorker(ctx.db, workerId)
      .then(() => releaseDeadWorkers(ctx.db, silenceMs))
      .then((dead) => {
        if (dead > 0) ctx.log.warn({ event: 'worker.took_over', dead })
      })
      // Said again in a second; a database that is down is reported by whoever needs it.
      .catch(() => undefined)
  await beat()
  const heart = setInterval(beat, beatMs)
  const ended = runner.promise.catch((error: unknown) => error).finally(() => clearInterval(heart))
  return {
    ended,
    async stop() {
      await runner.stop().catch(() => undefined)
      await ended
      await forgetWorker(ctx.db, workerId).catch(() => undefined)
    },
  }
}

function withJob(ctx: Context, job: string): Context {
  return { ...ctx, log: ctx.log.child({ job }) }
}
