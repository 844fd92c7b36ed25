import { describe, expect, test } from 'vitest'
import type { ModuleConfigView } from '../../../lib/core/views/treasury-view'
import { describeConfig, laneInWords, moduleRuleInWords, quorumInWords } from './describe-config'

const config: ModuleConfigView = {
  operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  receiptKey: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  guardian: null,
  powerSource: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  quorumBps: 400,
  quorumChoices: [1, 3],
  proposers: [],
  proposalThreshold: '2500000',
  minPeriod: 30,
  maxBackdate: 3600,
  maxSnapshotAge: '7200',
  commitGrace: 604_800,
  challengeWindow: 0,
  omissionWindow: 0,
  cooldown: 10,
  expiry: 2_592_000,
  bond: '0',
  isTest: true,
}
const token = { address: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512', symbol: 'VOTE' } as const
const lineOf = (
  name: string,
  part: Partial<ModuleConfigView> = {},
  clock: 'block-number' | 'timestamp' = 'timestamp',
) =>
  describeConfig({ config: { ...config, ...part }, token, clock }, { decimals: 6, coin: 'ETH' }).find(
    (line) => line.name === name,
  )

describe('describeConfig', () => {
  test('the quorum names its share and its options', () => {
    expect(quorumInWords(config)).toBe('4% of all votes, For and Abstain counted')
    expect(quorumInWords({ quorumBps: 1250, quorumChoices: [1, 2, 3] })).toBe(
      '12.5% of all votes, For, Against and Abstain counted',
    )
    expect(quorumInWords({ quorumBps: 1, quorumChoices: [1] })).toBe('0.01% of all votes, For counted')
    expect(moduleRuleInWords(config)).toMatch(/^Passes if For > Against and For \+ Abstain ≥ 4% of all votes/)
  })

  test('amounts are in whole tokens, ages in the clock’s units', () => {
    expect(lineOf('May propose')?.text).toBe('whoever has 2.5 VOTE')
    expect(lineOf('May propose', { proposalThreshold: '0' })?.text).toBe('nobody')
    expect(lineOf('Block of the votes')?.text).toContain('2 hours')
    expect(lineOf('Block of the votes', {}, 'block-number')?.text).toContain('7,200 blocks')
  })

  test('a test config and a power source that is not known are flagged', () => {
    expect(lineOf('Test config')?.isBad).toBe(true)
    expect(lineOf('Test config', { isTest: false })).toBeUndefined()
    const unknown = describeConfig({ config, token: null, clock: null }, { decimals: 18, coin: 'ETH' })
    expect(unknown.find(({ name }) => name === 'Votes')).toMatchObject({ isBad: true })
  })

  test('the lane adds up what is waited for', () => {
    expect(laneInWords(config)).toContain('10 seconds later')
    expect(laneInWords({ ...config, omissionWindow: 50 })).toContain('1 minute later')
    expect(laneInWords({ ...config, cooldown: 0 })).toContain('at once')
  })
})
