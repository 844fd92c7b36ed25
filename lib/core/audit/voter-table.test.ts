import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { HexString } from '../views/hex-string'
import { type LastBallot, VoterTable } from './voter-table'

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value): HexString => `0x${Buffer.from(value).toString('hex')}`)
const ballot: fc.Arbitrary<LastBallot> = fc.record({
  timestamp: fc.maxSafeNat(),
  id: hex(32),
  isSuperseded: fc.boolean(),
})

it('is a map of voters to their last ballots', () => {
  // Addresses that begin alike and end alike, so that places collide.
  const voter = fc
    .nat(400)
    .map((number): HexString => `0x${'ab'.repeat(14)}${number.toString(16).padStart(4, '0')}00000000`)
  fc.assert(
    fc.property(fc.array(fc.tuple(voter, ballot), { maxLength: 800 }), (casts) => {
      const [table, map] = [new VoterTable(), new Map<HexString, LastBallot>()]
      for (const [who, cast] of casts) {
        expect(table.replace(who, cast)).toEqual(map.get(who))
        map.set(who, cast)
      }
      expect(table.size).toBe(map.size)
      const orphans = [...map].filter(([, last]) => last.isSuperseded).map(([who]) => who)
      expect([...table.orphans()]).toEqual(orphans)
    }),
    { numRuns: 30 },
  )
})

it('keeps all of ten thousand', () => {
  const table = new VoterTable()
  const address = (number: number): HexString => `0x${number.toString(16).padStart(40, '0')}`
  const id: HexString = `0x${'11'.repeat(32)}`
  for (let i = 0; i < 10_000; i += 1) table.replace(address(i), { timestamp: i, id, isSuperseded: false })
  expect(table.size).toBe(10_000)
  for (let i = 0; i < 10_000; i += 997) {
    expect(table.replace(address(i), { timestamp: 0, id, isSuperseded: false })?.timestamp).toBe(i)
  }
})
