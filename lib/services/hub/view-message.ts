import type { HubMessage } from '../../db/hub/lists/messages'
import { secondsOf } from '../../platform/clock'

/** A message as Snapshot's feed has it. Its signature, receipt and text are read for themselves. */
export function viewMessage(row: HubMessage) {
  const { alias } = row.verification as { readonly alias?: { readonly address: string } }
  return {
    id: row.id,
    // Snapshot counts from 1.
    mci: row.logIndex + 1,
    ipfs: row.cid,
    // Who signed, which an alias does for the author.
    address: alias?.address ?? row.author,
    version: '0.1.4',
    timestamp: row.timestamp,
    space: row.space,
    // However its choice is written.
    type: row.kind.startsWith('vote') ? 'vote' : row.kind,
    logIndex: row.logIndex,
    acceptedAt: secondsOf(row.acceptedAt),
    verification: row.verification,
  }
}

export type MessageNode = ReturnType<typeof viewMessage>
