import { type Hex, keccak256, parseTransaction, type TransactionSerializedEIP1559 } from 'viem'
import { readChain } from '../../chain/read-chain'
import { closeTransaction } from '../../db/keeper/close-transaction'
import type { OpenTransaction, TransactionOutcome } from '../../db/keeper/keeper-transaction'
import { replaceTransaction } from '../../db/keeper/replace-transaction'
import type { Context } from '../context'
import { broadcast } from './broadcast'
import type { Keeper } from './keeper'

/** How long a transaction may wait for its block before more is offered for it. */
const patienceMs = { demo: 10_000, live: 60_000 }

/** Beyond so many times what the chain asks for now, more coins are not what is missing. */
const mostTimesMarket = 5n

/**
 * Finds out what became of a transaction that was written down: sends the same bytes again in case they never
 * arrived, and after a while the same call for more. True once it is closed: mined, another one has its nonce, or no node
 * takes it whatever is offered.
 * Throws `chain_unavailable`.
 */
export async function followTransaction(
  ctx: Context,
  keeper: Keeper,
  chainId: number,
  transaction: OpenTransaction,
): Promise<boolean> {
  const close = (outcome: TransactionOutcome) => closeAs(ctx, chainId, transaction, outcome)
  const mined = await findOutcome(ctx, chainId, transaction)
  if (mined) return close(mined)
  const next = await readChain(ctx.chains, chainId, (client) =>
    client.getTransactionCount({ address: keeper.address, blockTag: 'latest' }),
  )
  // It may have been mined between the two reads.
  if (next > transaction.nonce) return close((await findOutcome(ctx, chainId, transaction)) ?? 'replaced')

  const isStuck =
    ctx.clock.now() - transaction.sentAt.getTime() >= (ctx.env.demo ? patienceMs.demo : patienceMs.live)
  // The chain has lost what came before: this one could wait for ever. What is due is sent anew.
  if (isStuck && next < transaction.nonce) return close('replaced')
  const raised = isStuck ? await replace(ctx, keeper, chainId, transaction) : undefined
  const raw = raised ?? transaction.raw
  await broadcast(ctx, chainId, raw)
  // A chain that mines on demand has done it by now.
  const hashes = [...transaction.hashes, keccak256(raw as Hex)]
  const outcome = await findOutcome(ctx, chainId, { hashes })
  if (outcome) return close(outcome)
  // No node keeps it, and more coins are no help: others must get their turn. Whatever they send has the same nonce.
  if (isStuck && !raised && !(await isKept(ctx, chainId, hashes))) return close('replaced')
  return false
}

/** Whether a node has it in any version, on its chain or waiting. Throws `chain_unavailable`. */
async function isKept(ctx: Context, chainId: number, hashes: readonly string[]): Promise<boolean> {
  const found = await readChain(ctx.chains, chainId, (client) =>
    Promise.all(
      hashes.map((hash) => client.request({ method: 'eth_getTransactionByHash', params: [hash as Hex] })),
    ),
  )
  return found.some((transaction) => transaction !== null)
}

/** How it ran, in whichever version; undefined while none is mined. */
async function findOutcome(
  ctx: Context,
  chainId: number,
  { hashes }: Pick<OpenTransaction, 'hashes'>,
): Promise<'succeeded' | 'reverted' | undefined> {
  const receipts = await readChain(ctx.chains, chainId, (client) =>
    Promise.all(
      hashes.map((hash) => client.request({ method: 'eth_getTransactionReceipt', params: [hash as Hex] })),
    ),
  )
  const receipt = receipts.find((found) => found !== null)
  return receipt && (receipt.status === '0x1' ? 'succeeded' : 'reverted')
}

async function closeAs(
  ctx: Context,
  chainId: number,
  { id, proposalId, step, nonce, hashes }: OpenTransaction,
  outcome: TransactionOutcome,
): Promise<true> {
  await closeTransaction(ctx.db, { id, outcome, now: new Date(ctx.clock.now()) })
  ctx.log[outcome === 'succeeded' ? 'info' : 'warn']({
    event: `keeper.${outcome}`,
    chainId,
    proposal: proposalId,
    act: step,
    nonce,
    hash: hashes.at(-1),
  })
  return true
}

/** The same call under the same nonce for at least an eighth more, kept before it is sent; undefined when that is no help. */
async function replace(
  ctx: Context,
  keeper: Keeper,
  chainId: number,
  former: OpenTransaction,
): Promise<string | undefined> {
  const signed = parseTransaction(former.raw as TransactionSerializedEIP1559)
  const { to, value = 0n, data = '0x', gas = 0n, nonce = 0 } = signed
  const [market, balance] = await readChain(ctx.chains, chainId, (client) =>
    Promise.all([
      client.estimateFeesPerGas(),
      client.getBalance({ address: keeper.address, blockTag: 'latest' }),
    ]),
  )
  const maxFeePerGas = highest(raised(signed.maxFeePerGas), market.maxFeePerGas)
  const maxPriorityFeePerGas = highest(raised(signed.maxPriorityFeePerGas), market.maxPriorityFeePerGas)
  if (maxFeePerGas > market.maxFeePerGas * mostTimesMarket || value + gas * maxFeePerGas > balance)
    return undefined
  const raw = await keeper.signTransaction({
    type: 'eip1559',
    chainId,
    nonce,
    to,
    value,
    data,
    gas,
    maxFeePerGas,
    maxPriorityFeePerGas,
  })
  const hash = keccak256(raw)
  const isOurs = await replaceTransaction(ctx.db, former, { raw, hash, now: new Date(ctx.clock.now()) })
  if (!isOurs) return undefined
  const { proposalId, step } = former
  ctx.log.warn({ event: 'keeper.raised', chainId, proposal: proposalId, act: step, nonce, hash })
  return raw
}

/** Nodes take a replacement from a tenth more on, some from an eighth. */
function raised(fee = 0n): bigint {
  return (fee * 9n) / 8n + 1n
}

function highest(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
