import type { Changes, FieldChange } from '../views/trail-view'

/** What one entry says at most, so that a page of a hundred stays a page. */
const MAX_CHANGES = 50
const MAX_ITEMS = 100
const MAX_TEXT = 200
const MAX_DEPTH = 6

/** Text of one value, or of each item of a list. */
type Leaf = string | readonly string[]

/**
 * How `after` differs from `before`, one change a field, named by its path. Both are JSON objects as signed. Lists are
 * compared by what is in them; one that only changed its order has nothing added and nothing removed. An empty object is
 * as good as none.
 */
export function listChanges(before: object, after: object): Changes {
  const [old, now] = [leavesOf(before), leavesOf(after)]
  const changes = [...new Set([...now.keys(), ...old.keys()])]
    .filter((field) => JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)))
    .map((field) => changeOf(clip(field), old.get(field), now.get(field)))
  return { changes: changes.slice(0, MAX_CHANGES), more: Math.max(0, changes.length - MAX_CHANGES) }
}

function changeOf(field: string, from: Leaf | undefined, to: Leaf | undefined): FieldChange {
  if (typeof from === 'string' || typeof to === 'string') {
    // What was one value and is a list now, or the other way round.
    const [old, now] = [from, to].map((leaf) => (typeof leaf === 'object' ? leaf.join(', ') : leaf))
    if ([old, now].some((text) => text !== undefined && text.length > MAX_TEXT)) return { field }
    return { field, from: old ?? null, to: now ?? null }
  }
  const [old, now] = [new Set(from), new Set(to)]
  const only = (items: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...items]
      .filter((item) => !others.has(item))
      .slice(0, MAX_ITEMS)
      .map(clip)
  return { field, added: only(now, old), removed: only(old, now) }
}

function leavesOf(value: unknown, path: readonly string[] = []): Map<string, Leaf> {
  if (value === undefined) return new Map()
  if (Array.isArray(value)) return new Map([[path.join('.'), value.map((item) => textOf(item))]])
  if (typeof value !== 'object' || value === null || path.length === MAX_DEPTH) {
    return new Map([[path.join('.'), textOf(value)]])
  }
  return new Map(Object.entries(value).flatMap(([key, part]) => [...leavesOf(part, [...path, key])]))
}

/** A value on one line; of an object its values, by the names of their keys: what stores JSON may reorder these. */
function textOf(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (depth === MAX_DEPTH) return '…'
  if (Array.isArray(value)) return value.map((part) => textOf(part, depth + 1)).join(', ')
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([, part]) => textOf(part, depth + 1)).join(' · ')
}

function clip(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
}
