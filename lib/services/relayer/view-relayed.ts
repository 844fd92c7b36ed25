import { safeMessageHash, safeMessageTypedData } from '../../core/settlement/safe-message'
import type { RelayedSafeView, RelayedView } from '../../core/views/relayed-view'
import type { RelayedRow, StoredSafe } from '../../db/relayed/relayed-row'
import { secondsOf } from '../../platform/clock'
import type { Context } from '../context'
import { findAccepted } from '../message/find-accepted'
import { relayedApprovals } from './relayed-approvals'

export async function viewRelayed(ctx: Context, row: RelayedRow): Promise<RelayedView> {
  const { id, kind, space, proposal, address, chainId, state, reason } = row
  const { data } = JSON.parse(row.envelope) as { readonly data: Pick<RelayedView, 'message'> }
  return {
    id,
    kind,
    space,
    proposal,
    address,
    chainId,
    state,
    reason,
    message: data.message,
    createdAt: secondsOf(row.createdAt),
    expiresAt: secondsOf(row.expiresAt),
    checkedAt: row.checkedAt && secondsOf(row.checkedAt),
    safe: row.safe && viewSafe(row, row.safe),
    accepted: state === 'accepted' ? ((await findAccepted(ctx, id)) ?? null) : null,
  }
}

function viewSafe({ id, address, chainId, approvals }: RelayedRow, safe: StoredSafe): RelayedSafeView {
  const { version, threshold, owners } = safe
  const wallet = { chainId, safe: address, version }
  const counted = relayedApprovals(safe, approvals)
  return {
    version,
    threshold,
    messageHash: safeMessageHash(wallet, id),
    owners: owners.map((owner) => {
      const approval = counted.find((one) => one.owner === owner)
      return { address: owner, approval: approval ? (approval.signature ? 'signature' : 'chain') : null }
    }),
    approvals: counted.length,
    typedData: safeMessageTypedData(wallet, id),
  }
}
