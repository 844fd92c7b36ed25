/** A complete subtree: `count` leaves (a power of two) from leaf `start`, a multiple of `count`. */
export interface Subtree {
  readonly start: number
  readonly count: number
}

/**
 * The fewest complete subtrees that cover the leaves from `start` up to but without `end`, from the left: at most two for
 * each bit of `end`. They are nodes of every tree of at least `end` leaves, so a frontier can take them one by one.
 */
export function* subtreesBetween(start: number, end: number): Generator<Subtree> {
  for (let at = start; at < end; ) {
    let count = 1
    while (at % (2 * count) === 0 && at + 2 * count <= end) count *= 2
    yield { start: at, count }
    at += count
  }
}
