import { formatEther, type Hex, keccak256 } from 'viem'
import { nameChain } from '../../chain/name-chain'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { SettlementAct } from '../../core/views/settlement-view'
import { countReverts } from '../../db/keeper/count-reverts'
import { insertTransaction } from '../../db/keeper/insert-transaction'
import type { Transaction } from '../../execution/executor'
import type { Context } from '../context'
import { followOpen } from './follow-open'
import { followTransaction } from './follow-transaction'
import type { Keeper } from './keeper'

/** What came of an attempt to send. None of them says that the act was done: the chain does. */
export type Attempt =
  /** A transaction of the keeper is mined, or given up: the chain is to be looked at again. */
  | { readonly status: 'moved' }
  /** One is under way, for this act or another. */
  | { readonly status: 'pending' }
  /** It would revert with this data: nothing was sent. */
  | { readonly status: 'refused'; readonly reverted: Hex }
  /** Nothing was sent, a sentence that says why, and when to try again (unix milliseconds) if that is known. */
  | { readonly status: 'hindered'; readonly reason: string; readonly until: number | null }

/** No block takes a transaction with more gas (EIP-7825): no node would ever have it, and it would stand in all others' way. */
const mostGas = 2n ** 24n

/**
 * After a transaction that ran and failed: 15 seconds, doubled each time, at most ten minutes. The calls of a batch may be
 * made to fail only where they cost something, and have days: those rest for up to four hours.
 */
const restMs = { first: 15_000, longest: 600_000, longestOfExecution: 4 * 3_600_000 }

/**
 * Sends one transaction of the keeper, or goes on with the one that is under way: an account has one at a time on each
 * chain. It is signed and written down before it is sent, so that after a crash the same bytes are sent again, and whatever
 * is sent for its nonce, one of them is mined at most. Safe to run at any time, twice, and at once.
 * Throws `chain_unavailable`.
 */
export async function sendAct(
  ctx: Context,
  keeper: Keeper,
  transaction: Transaction,
  about: { readonly proposal: string; readonly act: SettlementAct },
): Promise<Attempt> {
  const { chainId, to, value, data } = transaction
  const sender = keeper.address
  const open = await followOpen(ctx, keeper, chainId)
  if (open !== 'none') return open === 'closed' ? moved : pending

  const rest = await restUntil(ctx, sender, about)
  if (rest > ctx.clock.now()) {
    const reason = `The last transaction to ${about.act} failed on chain; it is tried again later.`
    return { status: 'hindered', reason, until: rest }
  }
  // The nonce first: one that is used meanwhile can only make this transaction fail, never come twice.
  const [nonce, balance, fees] = await readChain(ctx.chains, chainId, async (client) => [
    await client.getTransactionCount({ address: sender, blockTag: 'latest' }),
    await client.getBalance({ address: sender, blockTag: 'latest' }),
    await client.estimateFeesPerGas(),
  ])
  if (balance < value) return poor(keeper, { chainId, balance, needed: value }, about)
  const estimate = await estimateGas(ctx, keeper, transaction)
  if (typeof estimate === 'string') return { status: 'refused', reverted: estimate }
  const { gasLimit } = await readChain(ctx.chains, chainId, (client) => client.getBlock())
  const most = gasLimit < mostGas ? gasLimit : mostGas
  if (estimate > most) {
    const reason = `To ${about.act} takes ${estimate} gas, and no transaction on ${nameChain(chainId).name} can have more than ${most}.`
    return { status: 'hindered', reason, until: null }
  }
  const ample = (estimate * 6n) / 5n
  const gas = ample < most ? ample : most
  const needed = value + gas * fees.maxFeePerGas
  if (balance < needed) return poor(keeper, { chainId, balance, needed }, about)

  const { maxFeePerGas, maxPriorityFeePerGas } = fees
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
  const row = await insertTransaction(ctx.db, {
    chainId,
    sender,
    nonce,
    raw,
    hash,
    proposalId: about.proposal,
    step: about.act,
    now: new Date(ctx.clock.now()),
  })
  // Another process of this keeper was first.
  if (!row) return pending
  ctx.log.info({ event: 'keeper.sent', chainId, ...about, nonce, hash })
  return (await followTransaction(ctx, keeper, chainId, row)) ? moved : pending
}

const moved = { status: 'moved' } as const
const pending = { status: 'pending' } as const

async function restUntil(
  ctx: Context,
  sender: string,
  { proposal, act }: { readonly proposal: string; readonly act: SettlementAct },
): Promise<number> {
  const { count, last } = await countReverts(ctx.db, { proposalId: proposal, step: act, sender })
  if (count === 0) return 0
  const longest = act === 'execute' ? restMs.longestOfExecution : restMs.longest
  return last + Math.min(longest, restMs.first * 2 ** Math.min(count - 1, 10))
}

/** What it would use in the next block, or the revert data: the newest block of a local chain may be old. */
async function estimateGas(ctx: Context, keeper: Keeper, transaction: Transaction): Promise<bigint | Hex> {
  const { chainId, to, value, data } = transaction
  try {
    return await readChain(ctx.chains, chainId, (client) =>
      client.estimateGas({ account: keeper.address, to, value, data, blockTag: 'pending' }),
    )
  } catch (error) {
    if (!(error instanceof AppError) || typeof error.details.reverted !== 'string') throw error
    return error.details.reverted as Hex
  }
}

function poor(
  { address }: Keeper,
  { chainId, balance, needed }: { chainId: number; balance: bigint; needed: bigint },
  { act }: { readonly act: SettlementAct },
): Attempt {
  const { name, symbol } = nameChain(chainId)
  const has = `${formatEther(balance)} ${symbol}`
  const reason = `The keeper ${address} has ${has} on ${name} and needs at least ${formatEther(needed)} ${symbol} to ${act}: send it some.`
  return { status: 'hindered', reason, until: null }
}
