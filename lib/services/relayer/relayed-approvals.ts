import type { Approval } from '../../core/settlement/safe-message'
import type { RelayedRow, StoredSafe } from '../../db/relayed/relayed-row'

/** Approvals that count: of those who own the Safe now. What is on chain needs no signature. */
export function relayedApprovals(safe: StoredSafe, signatures: RelayedRow['approvals']): Approval[] {
  return safe.owners.flatMap((owner) => {
    if (safe.approvedBy.includes(owner)) return { owner, signature: null }
    const signature = signatures[owner]
    return signature ? { owner, signature } : []
  })
}
