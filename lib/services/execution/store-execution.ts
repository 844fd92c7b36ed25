import type { Address } from 'viem'
import { fetchBlock } from '../../chain/blocks'
import { AppError, refuse } from '../../core/errors'
import { executionHash, parseBatch } from '../../core/settlement/batch'
import type { HexString } from '../../core/views/hex-string'
import { storeExecution as storeRow } from '../../db/execution/store-execution'
import { readModule } from '../../execution/module/read-module'
import type { Context } from '../context'

/** What is posted: `calls` in the JSON form of core/settlement/batch, for a Safe or for its tally module (EIP-55). */
export type PostedBatch = { readonly chainId: number; readonly calls: unknown } & (
  | { readonly safe: HexString }
  | { readonly module: HexString }
)

/**
 * Stores a batch by content, so that a proposal can name it by its hash and everybody can read what would be
 * called. It is dropped after an hour unless a proposal has named it. Throws `invalid` naming the call and field,
 * or saying why there is no such module; for a module also `chain_unavailable`.
 */
export async function storeExecution(ctx: Context, batch: PostedBatch): Promise<{ hash: HexString }> {
  const { chainId } = batch
  if (!ctx.chains.has(chainId)) {
    throw new AppError('invalid', { message: `Chain ${chainId} is not served by this installation.` })
  }
  const calls = parseBatch(batch.calls)
  const verifier = 'module' in batch ? batch.module : batch.safe
  const hash = executionHash({ chainId, verifyingContract: verifier, calls })
  await storeRow(ctx.db, {
    hash,
    chainId,
    verifier,
    safe: 'module' in batch ? await findSafe(ctx, chainId, batch.module) : null,
    calls: calls.map((call) => ({ ...call, value: call.value.toString() })),
    createdAt: new Date(ctx.clock.now()),
  })
  return { hash }
}

async function findSafe(ctx: Context, chainId: number, module: Address): Promise<Address> {
  const block = await fetchBlock(ctx.chains, chainId, 'latest')
  const account = await readModule(ctx.chains, { module, chainId, block })
  return 'problem' in account ? refuse(account.problem) : account.safe
}
