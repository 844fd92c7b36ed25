import { describe, expect, test } from 'vitest'
import type { ModuleAccountView, SafeAccountView } from '../../../../lib/core/views/treasury-view'
import { whoCouldWhat } from './who-could-what'

const owner = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const stranger = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const tally: ModuleAccountView = {
  address: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
  tally: {
    space: 'demo',
    configHash: `0x${'c'.repeat(64)}`,
    obstacles: [],
    clock: 'block-number',
    token: { address: stranger, symbol: 'VOTE' },
    config: {
      operator: owner,
      receiptKey: owner,
      guardian: { address: owner, until: 1_900_000_000 },
      powerSource: stranger,
      quorumBps: 400,
      quorumChoices: [1, 3],
      proposers: [],
      proposalThreshold: '1',
      minPeriod: 60,
      maxBackdate: 60,
      maxSnapshotAge: '1',
      commitGrace: 3600,
      challengeWindow: 0,
      omissionWindow: 0,
      cooldown: 0,
      expiry: 1,
      bond: '0',
      isTest: false,
    },
  },
}
const account = (...modules: readonly ModuleAccountView[]): SafeAccountView => ({
  name: 'Main',
  chainId: 1,
  address: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  problem: null,
  readAt: null,
  version: '1.4.1',
  owners: [owner, stranger],
  threshold: 2,
  guard: null,
  modules,
})

describe('whoCouldWhat', () => {
  test('without modules: owners, server, chain, and nothing said about votes that bind', () => {
    const rows = whoCouldWhat(account())
    expect(rows.map(({ who }) => who)).toEqual([
      'The Safe’s owners, 2 of 2 together',
      'This server',
      'The chain',
    ])
  })

  test('says plainly that the operator can leave ballots out and that nobody can prove it here', () => {
    const operator = whoCouldWhat(account(tally)).find(({ who }) => who === 'The operator')
    expect(operator?.could).toMatch(/Leave ballots out.*omitted ballot cannot be proven on chain yet/)
    expect(operator?.couldNot).toMatch(/^Add, change/)
  })

  test('whoever can take everything alone is marked, an unknown module among them', () => {
    const rows = whoCouldWhat(account(tally, { address: stranger, tally: null }))
    expect(rows.filter(({ isTotal }) => isTotal).map(({ who }) => who)).toEqual([
      'The Safe’s owners, 2 of 2 together',
      `The unknown module ${stranger}`,
    ])
  })

  test('every row is about somebody else', () => {
    const second = { ...tally, address: stranger } as const
    const names = whoCouldWhat(account(tally, second)).map(({ who }) => who)
    expect(new Set(names).size).toBe(names.length)
  })
})
