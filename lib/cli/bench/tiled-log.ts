import { concatBytes } from '@noble/hashes/utils'
import type { TiledTree } from '../../core/log/proofs-from-tiles'
import { hashTile } from '../../core/log/tile-hash'
import { TILE_WIDTH } from '../../core/log/tile-path'

/** A log that grows in memory, 32 bytes an entry, and answers tiles of what is in it by then. */
export class TiledLog implements TiledTree {
  /** Full tiles by level, and the one at its right edge. */
  readonly #levels: { full: Uint8Array[]; open: Uint8Array[] }[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  append(leaf: Uint8Array): void {
    this.#add(0, leaf)
    this.#size += 1
  }

  read: TiledTree['read'] = async ({ level, index }) => {
    const { full, open } = this.#level(level)
    return full[index] ?? concatBytes(...open)
  }

  #add(at: number, hash: Uint8Array): void {
    const level = this.#level(at)
    level.open.push(hash)
    if (level.open.length < TILE_WIDTH) return
    const tile = concatBytes(...level.open)
    level.full.push(tile)
    level.open = []
    this.#add(at + 1, hashTile(tile))
  }

  #level(at: number) {
    this.#levels[at] ??= { full: [], open: [] }
    return this.#levels[at]
  }
}
