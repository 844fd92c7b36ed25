import { moduleTimes } from '../../core/settlement/module-state'
import type { SettlementStep } from '../../core/views/settlement-view'
import type { ModuleTrace } from './find-traces'
import { isRejected, registerUntil, type Standing } from './standing'

/**
 * The timeline from the proposal to its execution. What stops it stands in its place as a failed step, and is the last
 * one, but for a pause.
 */
export function listSteps(standing: Standing): readonly SettlementStep[] {
  const { election, reading, state, at, traces } = standing
  const { record, config } = reading
  const { proposal, commitment } = record
  const { message } = election
  const { commitUntil, finalAt, executableFrom, executableUntil } = moduleTimes(record, config)
  const startOfExecution = Math.max(executableFrom ?? 0, proposal?.pausedUntil ?? 0)

  const traceOf = (event: ModuleTrace['event']) => traces.findLast((trace) => trace.event === event)
  const step = (
    label: string,
    progress: SettlementStep['state'],
    {
      at = null,
      due = null,
      event,
    }: { at?: number | null; due?: number | null; event?: ModuleTrace['event'] } = {},
  ): SettlementStep => {
    const trace = event && traceOf(event)
    const moment = at ?? trace?.timestamp ?? null
    return { label, state: progress, at: moment, due, transactionHash: trace?.transactionHash ?? null }
  }
  const done = (label: string, more: Parameters<typeof step>[2]) => step(label, 'done', more)
  const isPaused = state === 'paused'

  const course: SettlementStep[] = [
    done('Proposed', { at: message.timestamp }),
    proposal
      ? done('Registered', { event: 'ProposalRegistered' })
      : step('Registered', 'current', { due: registerUntil(election, reading) }),
    at > message.end
      ? done('Voting', { at: message.end })
      : step('Voting', proposal && at >= message.start ? 'current' : 'todo', {
          due: at < message.start ? message.start : message.end,
        }),
    commitment
      ? done('Committed', { at: commitment.committedAt, event: 'TallyCommitted' })
      : step('Committed', state === 'awaiting-tally' ? 'current' : 'todo', {
          due: state === 'awaiting-tally' ? commitUntil : null,
        }),
    proposal?.provenAt
      ? done('Proven', { at: proposal.provenAt, event: 'TallyProven' })
      : step('Proven', state === 'committed' ? 'current' : 'todo'),
    ...(isPaused
      ? [step('Paused', 'failed', { due: proposal?.pausedUntil ?? null, event: 'ProposalPaused' })]
      : []),
    executableFrom !== null && at >= startOfExecution && !isRejected(standing)
      ? done('Executable', { at: startOfExecution })
      : step('Executable', finalAt !== null && !isPaused ? 'current' : 'todo', {
          due: executableFrom === null ? null : startOfExecution,
        }),
    state === 'executed'
      ? done('Executed', { event: 'ProposalExecuted' })
      : step('Executed', state === 'executable' ? 'current' : 'todo', {
          due: state === 'executable' ? executableUntil : null,
        }),
  ]
  const end = endOf(standing)
  if (!end) return course
  const { label, ...more } = end
  return [...course.filter(({ state: progress }) => progress === 'done'), step(label, 'failed', more)]
}

/** What stopped it for good, if anything did. */
function endOf(standing: Standing) {
  const { election, reading, state, at } = standing
  const { commitUntil, finalAt, executableUntil } = moduleTimes(reading.record, reading.config)
  if (state === 'cancelled') return { label: 'Withdrawn by the author', event: 'ProposalCancelled' } as const
  if (state === 'vetoed') return { label: 'Vetoed', event: 'ProposalVetoed' } as const
  if (state === 'expired') return { label: 'Not executed in time', at: executableUntil }
  if (state === 'unknown') {
    const until = registerUntil(election, reading)
    return at > until ? { label: 'Not registered in time', at: until } : null
  }
  if (isRejected(standing) && !(election.isDemanded && isUnderWay(standing)))
    return { label: 'Did not pass', at: finalAt ?? election.message.end }
  return state === 'lapsed' ? { label: 'Not committed in time', at: commitUntil } : null
}

/** Whether the tally of a vote that did not pass is still on its way to the module. */
function isUnderWay({ state }: Standing): boolean {
  return state === 'awaiting-tally' || state === 'committed' || state === 'proven'
}
