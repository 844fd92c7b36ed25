import { keccak256, stringToHex } from 'viem'
import type { HexString } from '../../core/views/hex-string'
import { saveReason } from '../../db/reason/save-reason'
import type { Context } from '../context'

/** Publishes why somebody stops a proposal, so that the hash in the contract can be read. Answers that hash. */
export async function storeReason(ctx: Context, text: string): Promise<{ hash: HexString }> {
  const hash = keccak256(stringToHex(text))
  await saveReason(ctx.db, { hash, text, now: new Date(ctx.clock.now()) })
  return { hash }
}
