/** How a writer of JSON separates: as `JSON.stringify` does, or with spaces, as Python does. */
const SPACINGS = [
  [',', ':'],
  [', ', ': '],
] as const

/** Keys of an object that are tried in every order. */
const MAX_PERMUTED = 4

/**
 * Texts that this value may have been parsed from, likeliest first: as `JSON.stringify` writes it, with keys in other
 * orders, and with spaces. For whoever has the value, and needs the text that was signed.
 */
export function jsonTexts(value: unknown): string[] {
  const texts = new Set([JSON.stringify(value)])
  const orders: Order[] = [
    (keys) => keys,
    (keys) => keys.toReversed(),
    (keys) => keys.toSorted(),
    (keys) => keys.toSorted().reverse(),
  ]
  for (const spacing of SPACINGS) for (const order of orders) texts.add(write(value, order, spacing))
  if (isRecord(value) && Object.keys(value).length <= MAX_PERMUTED) {
    for (const keys of permutations(Object.keys(value))) {
      const outermost: Order = (given, depth) => (depth === 0 ? keys : given)
      for (const spacing of SPACINGS) texts.add(write(value, outermost, spacing))
    }
  }
  return [...texts]
}

type Order = (keys: readonly string[], depth: number) => readonly string[]

function write(value: unknown, order: Order, spacing: (typeof SPACINGS)[number], depth = 0): string {
  const [comma, colon] = spacing
  if (Array.isArray(value)) {
    return `[${value.map((item) => write(item, order, spacing, depth + 1)).join(comma)}]`
  }
  if (!isRecord(value)) return JSON.stringify(value)
  const entries = order(Object.keys(value), depth).map(
    (key) => `${JSON.stringify(key)}${colon}${write(value[key], order, spacing, depth + 1)}`,
  )
  return `{${entries.join(comma)}}`
}

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((others) => [item, ...others]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
