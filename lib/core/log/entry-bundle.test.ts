import { hexToBytes } from '@noble/hashes/utils'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeEntryBundle, encodeEntryBundle } from './entry-bundle'

it('puts each entry behind its length', () => {
  const entries = [hexToBytes('aabb'), hexToBytes(''), new Uint8Array(258).fill(7)]
  const bundle = encodeEntryBundle(entries)
  expect(bundle).toEqual(hexToBytes(`0002aabb${'0000'}0102${'07'.repeat(258)}`))
})

it('reads back what it writes, and nothing that breaks off', () => {
  const all = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 })
  fc.assert(
    fc.property(all, fc.nat(), (entries, at) => {
      const bundle = encodeEntryBundle(entries)
      expect(decodeEntryBundle(bundle)).toEqual(entries)
      const broken = bundle.subarray(0, at % bundle.length)
      const read = (() => {
        try {
          return decodeEntryBundle(broken).length
        } catch {
          return -1
        }
      })()
      expect(read).toBeLessThan(entries.length)
    }),
  )
})
