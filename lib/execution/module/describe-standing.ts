import { hasPassed } from '../../core/settlement/module-state'
import type { Progress } from '../executor'
import { isRejected, isWanted, registerUntil, type Standing } from './standing'

const rejected = { state: 'refused', summary: 'The vote did not pass: its calls will not be made.' } as const

/** A standing in one word and one sentence. `obstacle` is why the next transaction would fail, a sentence too. */
export function describeStanding(
  standing: Standing,
  obstacle: string | null,
): Pick<Progress, 'state' | 'summary'> {
  const { election, reading, state, at, isOurs, proof } = standing
  const { record, config, isEnabled } = reading
  const count = record.commitment?.count ?? 0
  const isDisabled = !isEnabled && !isRejected(standing)

  switch (state) {
    case 'cancelled':
      return { state: 'refused', summary: 'The author withdrew the proposal: its calls will not be made.' }
    case 'vetoed':
      return { state: 'refused', summary: 'The proposal was vetoed: its calls will not be made.' }
    case 'executed':
      return { state: 'executed', summary: 'The Safe has made the calls that were voted on.' }
    case 'rejected':
      return rejected
    case 'expired':
      return {
        state: 'blocked',
        summary: 'Nobody executed the calls in time: they can only be voted on again.',
      }
    case 'lapsed':
      if (isRejected(standing)) return rejected
      return {
        state: 'blocked',
        summary: 'The tally was not committed in time: the calls can only be voted on again.',
      }
    case 'unknown':
      return { state: 'unregistered', summary: describeUnknown() }
  }
  if (isDisabled) {
    return { state: 'blocked', summary: 'The Safe has disabled the module, which can execute nothing now.' }
  }
  if (obstacle !== null) return { state: 'blocked', summary: obstacle }

  switch (state) {
    case 'voting':
      return {
        state: 'waiting',
        summary: election.cancellation
          ? 'The author withdrew the proposal; the module must still be told.'
          : 'The module knows the proposal and waits for the end of the vote.',
      }
    case 'awaiting-tally':
      if (election.cancellation)
        return { state: 'refused', summary: 'The author withdrew the proposal: its tally is not committed.' }
      if (election.result === null)
        return { state: 'waiting', summary: 'The vote is over and its result is being computed.' }
      if (!isWanted(standing)) return rejected
      return {
        state: 'settling',
        summary: isRejected(standing)
          ? 'The vote did not pass; its tally was asked for and must now be committed.'
          : 'The vote passed; its tally must now be committed.',
      }
    case 'committed':
      if (isOurs === false) {
        return {
          state: 'blocked',
          summary: 'The committed tally is not the one computed here, so it cannot be proven from here.',
        }
      }
      if (isRejected(standing) && !election.isDemanded) return rejected
      return { state: 'settling', summary: `${proof.checked} of ${count} ballots are proven to the module.` }
    case 'proven':
      if (!hasPassed(record, config) && !election.isDemanded) return rejected
      return {
        state: 'settling',
        summary: told('Every ballot is proven; the tally is final when the module’s waiting time is over.'),
      }
    case 'cooling':
      return {
        state: 'settling',
        summary: told('The vote passed and is proven; the calls can be made after a delay.'),
      }
    case 'paused':
      return { state: 'settling', summary: told('The vote passed and is proven; its execution is paused.') }
    case 'executable':
      return { state: 'ready', summary: told('The vote passed and is proven: anyone can execute the calls.') }
  }

  /** A proof shows that ballots are good, not that none was left out. */
  function told(summary: string): string {
    return isOurs === false ? `${summary} The proven tally is not the one computed here.` : summary
  }

  function describeUnknown(): string {
    if (at > registerUntil(election, reading))
      return 'The module was not told of the proposal in time: it cannot be executed.'
    if (obstacle !== null) return obstacle
    return election.cancellation
      ? 'The author withdrew the proposal; the module must still be told.'
      : 'The module does not know the proposal yet: until it is registered, it cannot be executed.'
  }
}
