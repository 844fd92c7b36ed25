import type { Address } from 'viem'

/** Whose calls a stored batch are: the Safe that makes them, and the tally module it is made for, if it is. */
export function accountsOf(row: { readonly verifier: string; readonly safe: string | null }): {
  readonly safe: Address
  readonly module: Address | null
} {
  const verifier = row.verifier as Address
  return row.safe === null
    ? { safe: verifier, module: null }
    : { safe: row.safe as Address, module: verifier }
}
