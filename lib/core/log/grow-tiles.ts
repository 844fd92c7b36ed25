import { TILE_WIDTH } from './tile-path'
import { appendSubtree, type Frontier } from './tree'

/** A hash in a tile above the lowest level: the root of 256^`level` leaves, the `index`-th such from the left. */
export interface TileNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/** `appendLeaf`, and what the tiles above the lowest level gain by it, the lowest first: one node every 256 leaves. */
export function growTiles(frontier: Frontier, leaf: Uint8Array): { frontier: Frontier; nodes: TileNode[] } {
  const nodes: TileNode[] = []
  let [level, each] = [1, TILE_WIDTH]
  const grown = appendSubtree(frontier, 1, leaf, (count, hash) => {
    if (count !== each) return
    nodes.push({ level, index: Math.floor(frontier.size / each), hash })
    level += 1
    each *= TILE_WIDTH
  })
  return { frontier: grown, nodes }
}
