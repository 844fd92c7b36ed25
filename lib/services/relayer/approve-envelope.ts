import { fetchBlock } from '../../chain/blocks'
import { readWallets } from '../../chain/read-wallets'
import { AppError, refuse } from '../../core/errors'
import { safeMessageHash } from '../../core/settlement/safe-message'
import type { HexString } from '../../core/views/hex-string'
import type { RelayedView } from '../../core/views/relayed-view'
import { saveRelayedApproval } from '../../db/relayed/save-relayed-approval'
import type { Ingest } from '../../ingest/ingest'
import type { Context } from '../context'
import { checkApproval } from './check-approval'
import { getRelayedRow } from './get-relayed-row'
import { relayEnvelope } from './relay-envelope'
import { viewRelayed } from './view-relayed'

/**
 * Keeps an owner's signature of a waiting message's SafeMessage, and hands the message on if that was the last one
 * missing. What comes of that is in the answer.
 *
 * @throws AppError `invalid`: not a Safe, not an owner of it now, not his signature; `conflict`: the message waits no
 * more; `not_found`
 */
export async function approveEnvelope(
  ctx: Context,
  ingest: Ingest,
  id: HexString,
  given: { readonly owner: HexString; readonly signature: HexString },
): Promise<RelayedView> {
  const row = await getRelayedRow(ctx, id)
  if (row.state === 'refused' || row.state === 'expired' || row.expiresAt.getTime() < ctx.clock.now()) {
    throw new AppError('conflict', { message: 'This message waits for approvals no more.' })
  }
  if (row.state === 'accepted') return viewRelayed(ctx, row)

  const { address, chainId } = row
  const block = await fetchBlock(ctx.chains, chainId, 'latest')
  const [standing] = await readWallets(ctx.chains, block, [{ address, digest: id }])
  if (!standing?.safe) {
    return refuse(`${address} on chain ${chainId} is not a Safe: only what it approves itself counts`)
  }
  const { owners, version } = standing.safe
  if (!owners.includes(given.owner)) refuse(`${given.owner} is not an owner of the Safe ${address}`)
  const signature = await checkApproval(safeMessageHash({ chainId, safe: address, version }, id), given)
  await saveRelayedApproval(ctx.db, { id, owner: given.owner, signature })
  // Read again: of two owners at once, the later one sees both.
  const now = await getRelayedRow(ctx, id)
  if (now.state === 'waiting') await relayEnvelope(ctx, ingest, now, standing)
  return viewRelayed(ctx, await getRelayedRow(ctx, id))
}
