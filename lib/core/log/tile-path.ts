import { refuse } from '../errors'

/** Hashes, or entries, in a full tile. */
export const TILE_WIDTH = 256

/** A tile of a log by C2SP tlog-tiles: of hashes at a level (0: leaf hashes), or of the entries themselves. */
export interface Tile {
  readonly level: number | 'entries'
  /** Its place in the level, from 0. */
  readonly index: number
  /** How many it holds: 256, or 1 to 255 at the right edge of a tree. */
  readonly width: number
}

/** Where a tile is served under a log's prefix: `tile/0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

/** The inverse of `tilePath`. @throws AppError `invalid` for what no tile is served under */
export function parseTilePath(path: string): Tile {
  const [, level = '', index = '', width = String(TILE_WIDTH)] =
    /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? []
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replace(/[x/]/g, '')),
    width: Number(width),
  }
  if (Number(tile.level) > 63 || !Number.isSafeInteger(tile.index) || tilePath(tile) !== path) {
    refuse('not the path of a tile')
  }
  return tile
}
