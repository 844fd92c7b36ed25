import { TILE_WIDTH, type Tile } from './tile-path'

/**
 * Every tile of hashes that a tree of `size` leaves has and one of `oldSize` (0 unless told) has not, the lowest level
 * first: full ones, and at the right edge of each level one of the width it has at that size. The entries' tiles are
 * those of level 0.
 */
export function* tilesOf(size: number, oldSize = 0): Generator<Tile & { readonly level: number }> {
  let [count, oldCount] = [size, oldSize]
  for (let level = 0; count > 0; level += 1) {
    const first = Math.floor(oldCount / TILE_WIDTH)
    for (let index = first; index * TILE_WIDTH < count; index += 1) {
      const width = Math.min(TILE_WIDTH, count - index * TILE_WIDTH)
      if (index * TILE_WIDTH + width > oldCount) yield { level, index, width }
    }
    count = Math.floor(count / TILE_WIDTH)
    oldCount = Math.floor(oldCount / TILE_WIDTH)
  }
}
