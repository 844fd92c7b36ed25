import { listWaitingKeys } from '../../db/job/list-waiting-keys'
import { listDueProposals } from '../../db/proposal/list-due-proposals'
import { unixSeconds } from '../../platform/clock'
import { finalizeProposal } from '../definitions/finalize-proposal'
import { measurePending } from '../definitions/measure-pending'
import { resumeProposals } from '../definitions/resume-proposals'
import { settleProposal } from '../definitions/settle-proposal'
import { writeBundle } from '../definitions/write-bundle'
import { bindJob } from '../job'

const everyMs = 30_000

export const resumeProposalsJob = bindJob(resumeProposals, async (ctx) => {
  const due = await listDueProposals(ctx.db, unixSeconds(ctx.clock))
  const now = new Date(ctx.clock.now())
  const rows = [
    ...due.toClose.map((proposal) => finalizeProposal.at(now, { proposal })),
    ...due.toSettle.map((proposal) => settleProposal.at(now, { proposal })),
    ...due.toWrite.map((proposal) => writeBundle.at(now, { proposal })),
    ...due.toMeasure.map((proposal) => measurePending.at(now, { proposal })),
  ]
  // One that waits keeps its own time: it may be backing off.
  const waiting = await listWaitingKeys(
    ctx.db,
    rows.map(({ key }) => key),
  )
  return [
    ...rows.filter(({ key }) => !waiting.has(key)),
    resumeProposals.at(new Date(now.getTime() + everyMs), {}),
  ]
})
