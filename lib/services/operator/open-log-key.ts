import { ed25519 } from '@noble/curves/ed25519'
import { hexToBytes } from 'viem'
import { formatVerifierKey } from '../../core/log/checkpoint'
import { saveOperatorKey } from '../../db/log/save-operator-key'
import { createMemory } from '../../platform/remember'
import type { Context } from '../context'
import { logOrigin } from '../log/log-origin'

/** The log's name and key. */
export interface LogKey {
  readonly origin: string
  /** Ed25519 seed. */
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
  /** As C2SP writes it. */
  readonly verifierKey: string
}

const remember = createMemory<LogKey>(1)

/**
 * The key that signs checkpoints and bundles, the one way to it: nothing is signed before its public half is published
 * for ever.
 *
 * @throws AppError `database_unavailable` while it cannot be
 */
export async function openLogKey(ctx: Context): Promise<LogKey> {
  const { clock, db, env, keys } = ctx
  return remember(db, `${env.publicUrl} ${keys.logKey}`, async () => {
    const origin = logOrigin(env.publicUrl)
    const privateKey = hexToBytes(keys.logKey)
    const publicKey = ed25519.getPublicKey(privateKey)
    const verifierKey = formatVerifierKey(origin, publicKey)
    await saveOperatorKey(db, { purpose: 'log', key: verifierKey, since: new Date(clock.now()) })
    return { origin, privateKey, publicKey, verifierKey }
  })
}
