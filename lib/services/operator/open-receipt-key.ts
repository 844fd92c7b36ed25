import { privateKeyToAddress } from 'viem/accounts'
import type { HexString } from '../../core/views/hex-string'
import { saveOperatorKey } from '../../db/log/save-operator-key'
import { createMemory } from '../../platform/remember'
import type { Context } from '../context'
import { createDigestSigner, type SignDigest } from './sign-digest'

/** Who promises that a message is in the log. */
export interface ReceiptKey {
  readonly address: HexString
  readonly sign: SignDigest
}

const remember = createMemory<ReceiptKey>(1)

/**
 * The key that signs receipts, the one way to it: nothing is signed before its address is published for ever.
 *
 * @throws AppError `database_unavailable` while it cannot be
 */
export async function openReceiptKey(ctx: Context): Promise<ReceiptKey> {
  const { clock, db, keys } = ctx
  return remember(db, keys.receiptKey, async () => {
    const address = privateKeyToAddress(keys.receiptKey)
    await saveOperatorKey(db, { purpose: 'receipt', key: address, since: new Date(clock.now()) })
    return { address, sign: createDigestSigner(keys.receiptKey) }
  })
}
