import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseTilePath, tilePath } from './tile-path'

// The first is the example of C2SP tlog-tiles; the others are of transparency-dev/tessera, api/layout/paths_test.go
// and example_test.go.
it.each([
  ['tile/0/x001/x234/067', { level: 0, index: 1234067, width: 256 }],
  ['tile/0/x001/x234/067.p/8', { level: 0, index: 1234067, width: 8 }],
  ['tile/entries/x001/x234/067.p/8', { level: 'entries', index: 1234067, width: 8 }],
  ['tile/entries/000', { level: 'entries', index: 0, width: 256 }],
  ['tile/entries/000.p/255', { level: 'entries', index: 0, width: 255 }],
  ['tile/entries/001.p/1', { level: 'entries', index: 1, width: 1 }],
  ['tile/entries/x123/x456/789', { level: 'entries', index: 123456789, width: 256 }],
  ['tile/entries/x123/x456/x789/000', { level: 'entries', index: 123456789000, width: 256 }],
] as const)('%s', (path, tile) => {
  expect(tilePath(tile)).toBe(path)
  expect(parseTilePath(path)).toEqual(tile)
})

it('reads back every path it writes', () => {
  const tiles = fc.record({
    level: fc.oneof(fc.constant('entries' as const), fc.nat(63)),
    index: fc.maxSafeNat(),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(
    fc.property(tiles, (tile) => {
      expect(parseTilePath(tilePath(tile))).toEqual(tile)
    }),
  )
})

it.each([
  'tile/0/1',
  'tile/0/0001',
  'tile/00/000',
  'tile/64/000',
  'tile/-1/000',
  'tile/data/000',
  'tile/0/x000/001',
  'tile/0/001/x002',
  'tile/0/123/456/078',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/08',
  'tile/0/000.p/',
  'tile/0/x999/x999/x999/x999/x999/x999/999',
  '/tile/0/000',
  'tile/0/000/',
  'checkpoint',
])('%s is no tile', (path) => {
  expect(() => parseTilePath(path)).toThrow('not the path of a tile')
})
