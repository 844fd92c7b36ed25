import { z } from 'zod'
import type { JobRow } from '../../db/job/add-jobs'

/** What a job is: its name, what it is about, and which other job it would replace. */
export interface JobDefinition<Payload extends object = object> {
  readonly id: string
  readonly payload: z.ZodType<Payload>
  /** Two waiting jobs of one key become one. */
  key(payload: Payload): string
  /** The job as a row to queue. */
  at(runAt: Date, payload: Payload): JobRow
}

/** A job's definition, apart from its work: whoever queues one needs no handler. */
export function defineJob<Payload extends object>(
  id: string,
  payload: z.ZodType<Payload>,
  key: (payload: Payload) => string = () => id,
): JobDefinition<Payload> {
  return {
    id,
    payload,
    key,
    at: (runAt, content) => ({ task: id, payload: content, runAt, key: key(content) }),
  }
}

export interface AboutProposal {
  readonly proposal: string
}

/** A job about one proposal: at most one of its kind waits for each. */
export function defineProposalJob(id: string): JobDefinition<AboutProposal> {
  return defineJob(id, z.object({ proposal: z.string() }), ({ proposal }) => `${id}:${proposal}`)
}
