import type { ModuleRef } from '../../core/settlement/module-plugins'
import { hasPassed, type ModuleState, moduleStateAt } from '../../core/settlement/module-state'
import type { Election } from '../executor'
import type { ModuleTrace } from './find-traces'
import type { ModuleReading } from './read-record'

/** An election beside what its module says of it: all that the next step, the timeline and the words follow from. */
export interface Standing {
  readonly election: Election<ModuleRef>
  readonly reading: ModuleReading
  /** As the contract tells it; also `cancelled` when the author took it back before it was registered. */
  readonly state: ModuleState
  /** Unix seconds at which it stands so. */
  readonly at: number
  readonly traces: readonly ModuleTrace[]
  /** Whether the posted tally is what these ballots give; null before there are both. */
  readonly isOurs: boolean | null
  readonly proof: {
    /** Ballots that the furthest run has checked. */
    readonly checked: number
    /** Transactions that are still needed. */
    readonly transactions: number
  }
}

export function stateOf({ record, config, isWithdrawn }: ModuleReading, at: number): ModuleState {
  return !record.proposal && isWithdrawn ? 'cancelled' : moduleStateAt(record, config, at)
}

/** Last second at which the module takes the proposal. */
export function registerUntil({ message }: Election<ModuleRef>, { config }: ModuleReading): number {
  return Math.min(message.end - config.minPeriod, message.start + config.maxBackdate)
}

/** Whether the result is worth a tally: it passed or somebody asked, and the author stands by it. */
export function isWanted({ election }: Pick<Standing, 'election'>): boolean {
  return (election.result === 'passed' || election.isDemanded) && election.cancellation === null
}

/** Whether the vote did not pass: by the module's count, or by ours where the module has none or the same. */
export function isRejected({ election, reading, isOurs }: Standing): boolean {
  const { record, config } = reading
  const { proposal, commitment } = record
  if (!commitment) return election.result === 'rejected' || election.result === 'quorum-missed'
  return (proposal?.provenAt !== 0 || isOurs === true) && !hasPassed(record, config)
}

/** Nothing that anybody does changes what becomes of the calls. */
export function isSettled(election: Election<ModuleRef>, reading: ModuleReading, at: number): boolean {
  const state = stateOf(reading, at)
  if (state === 'unknown') return at > registerUntil(election, reading)
  return settled.has(state)
}

const settled: ReadonlySet<ModuleState> = new Set([
  'lapsed',
  'rejected',
  'expired',
  'executed',
  'cancelled',
  'vetoed',
])
