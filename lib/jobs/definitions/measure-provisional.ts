import type { JobRow } from '../../db/job/add-jobs'
import { defineProposalJob } from './define-job'

/** After ballots on whose presence other powers depend: measures those again. */
export const measureProvisional = defineProposalJob('measure-provisional')

const pauseMs = 1_000

/** One for all ballots of a second. */
export function weighSoon(nowMs: number, proposal: string): JobRow {
  return { ...measureProvisional.at(new Date(nowMs + pauseMs), { proposal }), keepsTime: true }
}
