import { sha256 } from '@noble/hashes/sha2'
import { concatBytes } from '@noble/hashes/utils'

// The Merkle tree of RFC 6962: the left child of n > 1 leaves holds the largest power of two below n. A hash is 32 bytes;
// `leaves` are leaf hashes (`hashLeaf`), in log order.

type Hash = Uint8Array

/** All that appending needs to know of a tree: the roots of its complete subtrees, from the left, one per set bit of `size`. */
export interface Frontier {
  /** Leaves in the tree. */
  readonly size: number
  readonly hashes: readonly Hash[]
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] }

/** The frontier with one more leaf. O(log n). */
export function appendLeaf(frontier: Frontier, leaf: Hash): Frontier {
  return appendSubtree(frontier, 1, leaf)
}

/**
 * The frontier with `count` more leaves, of which only their root is known. `count` is a power of two that divides the
 * size so far, else the root of these leaves is no node of the tree. `complete` is told every larger subtree that they
 * complete, the smallest first.
 */
export function appendSubtree(
  { size, hashes }: Frontier,
  count: number,
  root: Hash,
  complete?: (count: number, root: Hash) => void,
): Frontier {
  const left = [...hashes]
  let [hash, merged] = [root, count]
  // Each complete subtree of the same size as ours merges with it: one for every trailing 1 bit of the size.
  for (let rest = size / count; rest % 2 === 1; rest = (rest - 1) / 2) {
    hash = hashNode(left.pop() as Hash, hash)
    merged *= 2
    complete?.(merged, hash)
  }
  return { size: size + count, hashes: [...left, hash] }
}

/** The root of the tree that a frontier stands for; of the empty tree, sha256 of nothing. */
export function rootOf({ hashes }: Frontier): Hash {
  return hashes.length === 0
    ? sha256(new Uint8Array())
    : hashes.reduceRight((right, left) => hashNode(left, right))
}

/** The root over leaf hashes. O(n). */
export function rootOfLeaves(leaves: readonly Hash[]): Hash {
  const [first] = leaves
  if (first === undefined) return sha256(new Uint8Array())
  if (leaves.length === 1) return first
  const split = splitOf(leaves.length)
  return hashNode(rootOfLeaves(leaves.slice(0, split)), rootOfLeaves(leaves.slice(split)))
}

/** The siblings on the way from leaf `index` up to the root (RFC 6962 §2.1.1). Needs 0 ≤ `index` < `leaves.length`. */
export function inclusionProof(leaves: readonly Hash[], index: number): Hash[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...inclusionProof(left, index), rootOfLeaves(right)]
    : [...inclusionProof(right, index - split), rootOfLeaves(left)]
}

/** Whether `proof` shows that `leaf` is number `index` of the `size` leaves under `root`. */
export function verifyInclusion(claim: {
  leaf: Hash
  index: number
  size: number
  proof: readonly Hash[]
  root: Hash
}): boolean {
  const { leaf, index, size, proof, root } = claim
  if (!isIndex(index) || !isIndex(size) || index >= size) return false
  const path = [...proof]
  const climb = (at: number, count: number): Hash | undefined => {
    if (count === 1) return leaf
    const split = splitOf(count)
    const sibling = path.pop()
    const child = at < split ? climb(at, split) : climb(at - split, count - split)
    if (!sibling || !child) return undefined
    return at < split ? hashNode(child, sibling) : hashNode(sibling, child)
  }
  const computed = climb(index, size)
  return computed !== undefined && path.length === 0 && isEqual(computed, root)
}

/** The nodes that show the first `oldSize` leaves to be a prefix of all (RFC 6962 §2.1.2). Needs `oldSize` ≤ all. */
export function consistencyProof(leaves: readonly Hash[], oldSize: number): Hash[] {
  const prove = (part: readonly Hash[], old: number, isWholeOld: boolean): Hash[] => {
    if (old === part.length) return isWholeOld ? [] : [rootOfLeaves(part)]
    const split = splitOf(part.length)
    const [left, right] = [part.slice(0, split), part.slice(split)]
    return old <= split
      ? [...prove(left, old, isWholeOld), rootOfLeaves(right)]
      : [...prove(right, old - split, false), rootOfLeaves(left)]
  }
  return oldSize === 0 ? [] : prove(leaves, oldSize, true)
}

/** Whether `proof` shows that the tree under `newRoot` begins with the one under `oldRoot`. */
export function verifyConsistency(claim: {
  oldSize: number
  newSize: number
  oldRoot: Hash
  newRoot: Hash
  proof: readonly Hash[]
}): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim
  if (!isIndex(oldSize) || !isIndex(newSize) || oldSize > newSize) return false
  if (oldSize === 0) return proof.length === 0 && isEqual(oldRoot, rootOf(emptyFrontier))
  const path = [...proof]
  // Both roots of a part at once: of its leaves that the old tree has, and of all of them.
  const climb = (old: number, count: number, isWholeOld: boolean): { old: Hash; all: Hash } | undefined => {
    if (old === count) {
      const hash = isWholeOld ? oldRoot : path.pop()
      return hash && { old: hash, all: hash }
    }
    const split = splitOf(count)
    const sibling = path.pop()
    const child = old <= split ? climb(old, split, isWholeOld) : climb(old - split, count - split, false)
    if (!sibling || !child) return undefined
    return old <= split
      ? { old: child.old, all: hashNode(child.all, sibling) }
      : { old: hashNode(sibling, child.old), all: hashNode(sibling, child.all) }
  }
  const roots = climb(oldSize, newSize, true)
  return (
    roots !== undefined && path.length === 0 && isEqual(roots.old, oldRoot) && isEqual(roots.all, newRoot)
  )
}

/** The hash of the node above two others: `sha256(0x01 | left | right)`. */
export function hashNode(left: Hash, right: Hash): Hash {
  return sha256(concatBytes(Uint8Array.of(1), left, right))
}

/** The largest power of two below `count` (> 1). Not by bit operations: those end at 2^31. */
export function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** Whether two hashes are the same bytes. */
export function isEqual(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
