import { hasPassed, moduleTimes } from '../../core/settlement/module-state'
import type { NextAct } from '../../core/views/settlement-view'
import { isWanted, registerUntil, type Standing } from './standing'

/** The transaction that comes next, as far as the records tell; null when there is none to send. */
export function nextAct(standing: Standing): NextAct | null {
  const { election, reading, state, at, isOurs, proof } = standing
  const { record, config, isEnabled } = reading
  const { message, cancellation, result } = election
  const times = moduleTimes(record, config)
  const anyone = { sender: null, isAutomatic: true, transactions: 1 } as const

  switch (state) {
    case 'unknown': {
      const until = registerUntil(election, reading)
      if (at > until) return null
      return { ...anyone, act: cancellation ? 'cancel' : 'register', from: at, until }
    }
    case 'voting':
      if (cancellation) return { ...anyone, act: 'cancel', from: at, until: message.end }
      return commit()
    case 'awaiting-tally':
      return commit()
    case 'committed': {
      if (!isOurs) return null
      const isAutomatic = isWanted(standing)
      const from = record.commitment?.committedAt ?? at
      return { ...anyone, act: 'prove', from, until: null, isAutomatic, transactions: proof.transactions }
    }
    case 'proven':
    case 'cooling':
    case 'paused':
    case 'executable': {
      const { executableFrom, executableUntil } = times
      if (!isEnabled || !hasPassed(record, config)) return null
      if (executableFrom === null || executableUntil === null) return null
      const from = Math.max(executableFrom, record.proposal?.pausedUntil ?? 0)
      // What is proven may leave ballots out that were counted here: whoever wants it executed does it himself.
      return { ...anyone, act: 'execute', from, until: executableUntil - 1, isAutomatic: isOurs !== false }
    }
    default:
      return null
  }

  function commit(): NextAct | null {
    if (result === null || cancellation) return null
    return {
      act: 'commit',
      from: message.end + 1,
      until: times.commitUntil,
      sender: config.operator,
      // A Safe can set any bond: the operator's coins are its own decision.
      isAutomatic: isWanted(standing) && isEnabled && config.bond === 0n,
      transactions: 1,
    }
  }
}
