import type { JobRow } from '../db/job/add-jobs'
import type { Context } from '../services/context'
import type { JobDefinition } from './definitions/define-job'

/** Does a job's work; safe to run twice, also at the same time. Answers what to queue next. */
export type JobHandler<Payload extends object> = (
  ctx: Context,
  payload: Payload,
) => Promise<readonly JobRow[]>

/** A definition with its work. */
export interface Job {
  readonly id: string
  /** Runs again and again, of nothing in particular: nothing that is not there can make it pointless. */
  readonly isPeriodic: boolean
  /** Parses what was queued and works on it. */
  run(ctx: Context, queued: unknown): Promise<readonly JobRow[]>
  /** The same job again at `runAt`, as try number `attempt`; undefined when what was queued makes no sense. */
  again(queued: unknown, runAt: Date, attempt: number): JobRow | undefined
}

export function bindJob<Payload extends object>(
  definition: JobDefinition<Payload>,
  handler: JobHandler<Payload>,
): Job {
  return {
    id: definition.id,
    // One that is about something names it.
    isPeriodic: definition.payload.safeParse({}).success,
    run: (ctx, queued) => handler(ctx, definition.payload.parse(queued)),
    again(queued, runAt, attempt) {
      const parsed = definition.payload.safeParse(queued)
      if (!parsed.success) return undefined
      const row = definition.at(runAt, parsed.data)
      return { ...row, payload: { ...row.payload, attempt } }
    },
  }
}
