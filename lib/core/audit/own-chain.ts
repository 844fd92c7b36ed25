import type { Findings } from './findings'
import type { ReadMessage } from './read-message'

/** A contract wallet is asked on the space's chain: under its address on another chain there may be somebody else. */
export function expectOwnChain(
  findings: Findings,
  {
    line,
    id,
    network,
  }: { readonly line: ReadMessage['line']; readonly id: string; readonly network: string },
): void {
  if (!line.contract) return
  findings.expect(
    line.contract.network === network,
    'contracts',
    `The signature under message ${id} was checked on chain ${line.contract.network}; the space is on chain ${network}.`,
    id,
  )
}
