import { bytesToHex } from 'viem'
import { signContractCheckpoint } from '../../core/log/contract-checkpoint'
import type { LogView } from '../../core/views/record-view'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { openLogKey } from '../operator/open-log-key'
import { openReceiptKey } from '../operator/open-receipt-key'
import { listWitnesses } from '../witness/list-witnesses'
import { getCheckpoint } from './get-checkpoint'
import { getLogState } from './get-log-state'

/** The log as it is now: its state, signed for people and for contracts, and who else has seen which. */
export async function getLog(ctx: Context): Promise<LogView> {
  const [state, logKey, receiptKey, seen] = await Promise.all([
    getLogState(ctx),
    openLogKey(ctx),
    openReceiptKey(ctx),
    listWitnesses(ctx),
  ])
  const { origin, verifierKey } = logKey
  const { size } = state
  const root = bytesToHex(state.root)
  const contract = { origin, size, root, timestamp: unixSeconds(ctx.clock) }
  return {
    origin,
    key: verifierKey,
    size,
    root,
    checkpoint: await getCheckpoint(ctx, state),
    contract: {
      ...contract,
      signature: signContractCheckpoint(contract, receiptKey.sign),
      signer: receiptKey.address,
    },
    ...seen,
  }
}
