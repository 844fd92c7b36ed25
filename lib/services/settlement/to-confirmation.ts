import type { Address, Hex } from 'viem'
import { recoverAddress } from '../../chain/recover-address'
import type { Confirmation } from '../../core/settlement/safe-transaction'

/** A stored confirmation as an executor takes it: one that is not the owner's own key's is a contract's. */
export async function toConfirmation(row: {
  readonly safeTxHash: string
  readonly owner: string
  readonly signature: string
}): Promise<Confirmation> {
  const owner = row.owner as Address
  const signature = row.signature as Hex
  const isKey = signature.length === 132 && (await recoverAddress(row.safeTxHash as Hex, signature)) === owner
  return { owner, signature, kind: isKey ? 'ecdsa' : 'contract' }
}
