import type { Outcome } from './decide-outcome'
import type { Wording } from './describe-rule'
import { formatUnits } from './format-units'

/** The outcome as one sentence: `Passed: For leads by 31.4 points, quorum reached.` */
export function describeOutcome(outcome: Outcome, { choices, symbol }: Wording): string {
  const { counted, required } = outcome.quorum ?? { counted: 0n, required: 0n }
  const name = (option: number) => choices[option - 1] ?? `option ${option}`
  const of = `${formatUnits(counted)} of ${formatUnits(required)} ${symbol || 'votes'}`
  const reached = outcome.quorum ? ', quorum reached' : ''
  const leaders = outcome.leaders.map(name)
  const leads = `${leaders.join()} leads by ${points(outcome)} points${reached}`

  switch (outcome.reason) {
    case 'majority':
    case 'leader':
      return `Passed: ${leads}.`
    case 'not-stopped':
      return `Passed: ${name(2)} has ${of}, not more than it takes to reject.`
    case 'against':
      return `Rejected: ${leads}.`
    case 'stopped':
      return `Rejected: ${name(2)} has ${of}, more than it takes to reject.`
    case 'tie':
      return `Rejected: ${leaders.slice(0, -1).join(', ')} and ${leaders.at(-1)} are tied${reached}.`
    case 'no-votes':
      return 'Rejected: no option received a vote.'
    case 'quorum':
      return `Quorum missed: ${of}.`
  }
}

/** The lead in percentage points, to the nearest tenth. */
function points({ lead, base }: Outcome): string {
  const tenths = base > 0n ? (2000n * lead + base) / (2n * base) : 0n
  return tenths > 0n ? `${tenths / 10n}.${tenths % 10n}` : 'less than 0.1'
}
