import { isAddress } from 'viem'

/**
 * Lines of an address and a number; a line's comma or equals sign is a space. `wrong` is the first that is something else;
 * it stands among the weights all the same, as not a number, so that nobody signs a list that lacks it unseen.
 */
export function readWeights(text: string): {
  readonly weights: Readonly<Record<string, number>>
  readonly wrong: string | null
} {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const read = lines.map((line) => {
    const [address = '', amount = '', ...rest] = line.trim().split(/[\s,;=]+/)
    const votes = Number(amount)
    const isRight = isAddress(address) && amount !== '' && votes >= 0 && votes < Number.POSITIVE_INFINITY
    return { line, entry: isRight && rest.length === 0 ? ([address, votes] as const) : null }
  })
  return {
    weights: Object.fromEntries(read.map(({ line, entry }) => entry ?? [line.trim(), Number.NaN])),
    wrong: read.find(({ entry }) => entry === null)?.line.trim() ?? null,
  }
}
