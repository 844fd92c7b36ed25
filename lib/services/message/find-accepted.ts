import type { HexString } from '../../core/views/hex-string'
import type { AcceptedView } from '../../core/views/installation-view'
import { findMessage, type MessageRow } from '../../db/message/find-message'
import type { Context } from '../context'
import { openReceiptKey } from '../operator/open-receipt-key'
import { makeReceipt } from './make-receipt'

/** What the sender of a message in the log was answered, made anew. */
export async function findAccepted(ctx: Context, id: HexString): Promise<AcceptedView | undefined> {
  const row = await findMessage(ctx.db, id)
  if (!row) return undefined
  const key = await openReceiptKey(ctx)
  const { sig } = JSON.parse(row.envelope) as { readonly sig: HexString }
  const receipt = makeReceipt(key, { ...row, sig, proposal: row.proposal?.id ?? null })
  return {
    id,
    ipfs: row.cid,
    relayer: { address: key.address, receipt: receipt.signature },
    receipt,
    power: row.ballot && powerOf(row.ballot),
  }
}

function powerOf({ power, countable }: NonNullable<MessageRow['ballot']>): AcceptedView['power'] {
  if (power === null) return { state: 'pending', total: null }
  return { state: countable ? 'counted' : 'unrecorded', total: power.toString() }
}
