import { safeMessageHash } from '../../core/settlement/safe-message'
import type { HexString } from '../../core/views/hex-string'
import { findRelayed } from '../../db/relayed/find-relayed'
import type { Context } from '../context'

/** A waiting message as Snapshot's relayer shows it. */
export interface WaitingMessage {
  readonly address: HexString
  /** Of the wallet's SafeMessage; for a wallet that is none, what it would be. */
  readonly hash: HexString
  readonly msg_hash: HexString
  /** Unix seconds, as signed. */
  readonly ts: number
  /** JSON text of the envelope. */
  readonly payload: string
  readonly network: string
  readonly env: 'livenet'
}

/** The message of that id while it waits, else nothing. */
export async function listWaiting(ctx: Context, id: string): Promise<WaitingMessage[]> {
  const row = await findRelayed(ctx.db, id)
  if (row?.state !== 'waiting') return []
  const { address, chainId, envelope, safe } = row
  const { data } = JSON.parse(envelope) as {
    readonly data: { readonly message: { readonly timestamp: number } }
  }
  return [
    {
      address,
      hash: safeMessageHash({ chainId, safe: address, version: safe?.version ?? '1.3.0' }, row.id),
      msg_hash: row.id,
      ts: data.message.timestamp,
      payload: envelope,
      network: String(chainId),
      env: 'livenet',
    },
  ]
}
