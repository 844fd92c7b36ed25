import { describe, expect, test } from 'vitest'
import { definitions } from '../messages/definitions'
import { ballotVariantOf, cancelVariantOf } from './ballot-variant'

const plain = { name: 'snapshot', version: '0.1.4' } as const
const votes = definitions.filter(({ kind }) => kind === 'vote')

describe('ballotVariantOf', () => {
  test('knows four of the accepted votes, with and without the chain', () => {
    expect(votes.map((definition) => ballotVariantOf(definition, plain, 31337))).toEqual([
      ...[0, 2, 1, 3],
      ...Array(8).fill(undefined),
    ])
    expect(
      votes.slice(0, 4).map((definition) => ballotVariantOf(definition, { ...plain, chainId: 31337 }, 31337)),
    ).toEqual([4, 6, 5, 7])
  })

  test.each([
    ['another chain', { ...plain, chainId: 1 }],
    ['another name', { ...plain, name: 'snapshots' }],
    ['another version', { ...plain, version: '0.1.5' }],
    ['a contract', { ...plain, verifyingContract: `0x${'00'.repeat(20)}` as const }],
    ['a salt', { ...plain, salt: `0x${'00'.repeat(32)}` as const }],
  ])('does not count a domain with %s', (_, domain) => {
    for (const definition of votes) expect(ballotVariantOf(definition, domain, 31337)).toBeUndefined()
  })

  test('counts nothing but a vote for a number', () => {
    for (const definition of definitions.filter(({ kind }) => kind !== 'vote')) {
      expect(ballotVariantOf(definition, plain, 31337)).toBeUndefined()
    }
  })
})

describe('cancelVariantOf', () => {
  const withdrawals = definitions.filter(({ kind }) => kind === 'delete-proposal')

  test('knows the accepted withdrawals, with and without the chain', () => {
    const variants = (domain: Parameters<typeof cancelVariantOf>[1]) =>
      withdrawals.map((definition) => cancelVariantOf(definition, domain, 31337))
    expect(variants(plain)).toEqual([0, 2, 1, 3])
    expect(variants({ ...plain, chainId: 31337 })).toEqual([4, 6, 5, 7])
    expect(variants({ ...plain, chainId: 1 })).toEqual(Array(4).fill(undefined))
  })

  test('takes nothing else for one', () => {
    for (const definition of definitions.filter(({ kind }) => kind !== 'delete-proposal')) {
      expect(cancelVariantOf(definition, plain, 31337)).toBeUndefined()
    }
  })
})
