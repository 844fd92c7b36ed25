import { isAddressEqual } from 'viem'
import { ApiError } from '../../../../../lib/client/api'
import type { HexString } from '../../../../../lib/core/views/hex-string'
import type { SettlementAct } from '../../../../../lib/core/views/settlement-view'
import { api } from '../../../../_components/api'

/** What a wallet is asked to send. */
export interface ActTransaction {
  readonly chainId: number
  readonly from: HexString
  readonly to: HexString
  readonly value: bigint
  readonly data: HexString
}

const patience = { attempts: 5, pauseMs: 1500 }

/**
 * The transaction of `act` for `from`, other than the one `sent` last: a server that has not seen that in its block
 * yet is asked again. Null when after `sent` there is nothing more to send.
 *
 * @throws when the server hands out anything but a call of the module, or its chain falls behind
 */
export async function fetchActTransaction({
  proposal,
  act,
  from,
  module,
  sent,
}: {
  readonly proposal: string
  readonly act: SettlementAct
  readonly from: HexString
  readonly module: { readonly address: HexString; readonly chainId: number }
  readonly sent: HexString | null
}): Promise<ActTransaction | null> {
  for (let attempt = 1; attempt <= patience.attempts; attempt++) {
    const offered = await api.settlementTransaction(proposal, from).catch((error: unknown) => {
      if (sent !== null && error instanceof ApiError && error.status === 409) return null
      throw error
    })
    if (!offered || (sent !== null && offered.act !== act)) return null
    if (offered.act !== act) {
      throw new Error('Somebody has done this step meanwhile. The page shows what comes next.')
    }
    const value = BigInt(offered.value)
    // A bond goes with a commitment; no other act takes coins.
    const isOfModule = offered.chainId === module.chainId && isAddressEqual(offered.to, module.address)
    if (!isOfModule || (value > 0n && act !== 'commit')) {
      throw new Error('The server offers another transaction than this step needs. Nothing was sent.')
    }
    if (offered.data !== sent) return { ...offered, from, value }
    await new Promise((resolve) => setTimeout(resolve, patience.pauseMs))
  }
  throw new Error('The server does not see the last transaction yet. Go on in a moment.')
}
