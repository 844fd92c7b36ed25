import { formatUnits } from '../proposal/format-units'
import type { ModuleConfig } from './module-config'

const names = [
  ['For', 1],
  ['Against', 2],
  ['Abstain', 4],
] as const

/** A config in words, as pairs of a subject and a sentence about it. */
export function describeModuleConfig(
  config: ModuleConfig,
  token: {
    readonly address: string
    readonly symbol: string
    readonly decimals: number
    readonly clock: 'block-number' | 'timestamp'
  },
): readonly (readonly [string, string])[] {
  const { symbol, decimals, clock } = token
  const counted = names.filter(([, bit]) => config.quorumChoices & bit).map(([name]) => name)
  const unit = clock === 'timestamp' ? 'seconds' : 'blocks'
  const proposers = [
    ...(config.proposalThreshold
      ? [`whoever has ${formatUnits(config.proposalThreshold, { decimals, fraction: 'exact' })} ${symbol}`]
      : []),
    ...config.proposers,
  ]
  const until = new Date(Number(config.guardianExpiry) * 1000).toISOString().slice(0, 10)
  return [
    ['space', config.space],
    ['power', `votes of ${symbol}, ${token.address}, whose clock counts ${unit}`],
    [
      'passes',
      `if For > Against and ${counted.join(' + ')} ≥ ${config.quorumBps / 100}% of all votes there are`,
    ],
    ['proposers', proposers.join(', ')],
    [
      'votes last',
      `at least ${words(config.minPeriod)}, and begin at most ${words(config.maxBackdate)} before they are registered`,
    ],
    ['snapshots', `at most ${config.maxSnapshotAge} ${unit} old when a proposal is registered`],
    [
      'operator',
      `${config.operator} posts each tally within ${words(config.commitGrace)} of the end; otherwise nothing is executed`,
    ],
    ['receipts', `signed by ${config.receiptKey}`],
    ['executes', `from ${words(config.cooldown)} until ${words(config.expiry)} after the ballots are proven`],
    [
      'guardian',
      BigInt(config.guardian) === 0n ? 'nobody' : `${config.guardian} may veto and pause until ${until}`,
    ],
    ...(config.isTest
      ? [['TEST', 'the limits that protect real money are lifted: not for a real treasury'] as const]
      : []),
  ]
}

function words(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const
  const said = parts.filter(([count]) => count > 0)
  return said.map(([count, name]) => `${count} ${name}${count > 1 ? 's' : ''}`).join(' ') || '0 seconds'
}
