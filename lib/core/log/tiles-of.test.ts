import { expect, it } from 'vitest'
import { tilePath } from './tile-path'
import { tilesOf } from './tiles-of'

const paths = (size: number, oldSize?: number) => [...tilesOf(size, oldSize)].map(tilePath)

// The two examples of C2SP tlog-tiles.
it('has the tiles of 70,000 leaves', () => {
  const tiles = [...tilesOf(70_000)]
  const widths = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width)
  expect(widths(0)).toEqual([...Array(273).fill(256), 112])
  expect(widths(1)).toEqual([256, 17])
  expect(widths(2)).toEqual([1])
  expect(widths(3)).toEqual([])
})

it('has a full tile and one of width 1 above it at 256 leaves', () => {
  expect(paths(256)).toEqual(['tile/0/000', 'tile/1/000.p/1'])
})

it('has none without leaves, and no new ones without growth', () => {
  expect(paths(0)).toEqual([])
  expect(paths(70_000, 70_000)).toEqual([])
})

it('names what growth adds', () => {
  expect(paths(300, 255)).toEqual(['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1'])
  expect(paths(513, 512)).toEqual(['tile/0/002.p/1'])
  for (const [old, size] of [
    [1, 255],
    [255, 257],
    [256, 65_536],
    [65_535, 65_537],
    [3, 70_000],
  ] as const) {
    const had = new Set(paths(old))
    expect(paths(size, old)).toEqual(paths(size).filter((path) => !had.has(path)))
  }
})
