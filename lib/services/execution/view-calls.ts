import type { Address } from 'viem'
import { fetchBlock } from '../../chain/blocks'
import { nameChain } from '../../chain/name-chain'
import { AppError } from '../../core/errors'
import type { ExplainedCall } from '../../core/settlement/batch'
import { type DecodedCall, decodeCall } from '../../core/settlement/decode-call'
import type { HexString } from '../../core/views/hex-string'
import type { CallView } from '../../core/views/settlement-view'
import type { Context } from '../context'
import { type Account, inspectAccount } from './inspect-account'

interface Batch {
  readonly hash: HexString
  readonly chainId: number
  readonly safe: Address
  readonly module: Address | null
  readonly calls: readonly ExplainedCall[]
}

/** A page is looked at more often than a target changes. */
const freshMs = 30_000
const kept = 500
const cache = new WeakMap<Context['chains'], Map<string, { until: number; views: Promise<CallView[]> }>>()

/**
 * The calls of a batch in words, with what a voter should be warned of, as the chain is now. While the chain
 * cannot be read each call says so instead of naming tokens; nothing is guessed.
 */
export async function viewCalls(ctx: Context, batch: Batch): Promise<readonly CallView[]> {
  const known = cache.get(ctx.chains) ?? new Map()
  cache.set(ctx.chains, known)
  const entry = known.get(batch.hash)
  const isFresh = entry && entry.until > ctx.clock.now()
  const views = isFresh ? entry.views : readViews(ctx, batch)
  if (!isFresh) {
    known.delete(batch.hash)
    known.set(batch.hash, { until: ctx.clock.now() + freshMs, views })
    if (known.size > kept) known.delete(known.keys().next().value)
  }
  try {
    return await views
  } catch (error) {
    if (known.get(batch.hash)?.views === views) known.delete(batch.hash)
    if (!(error instanceof AppError) || error.code !== 'chain_unavailable') throw error
    const unread = 'The chain cannot be read now: the target was not looked at.'
    return batch.calls.map((call) => toView(call, decode(batch, call), [unread]))
  }
}

async function readViews(ctx: Context, batch: Batch): Promise<CallView[]> {
  const block = await fetchBlock(ctx.chains, batch.chainId, 'latest')
  const accounts = new Map<Address, Promise<Account>>()
  const inspect = (address: Address) => {
    const account = accounts.get(address) ?? inspectAccount(ctx, address, block)
    accounts.set(address, account)
    return account
  }
  return Promise.all(batch.calls.map((call) => viewCall(batch, call, inspect)))
}

async function viewCall(
  batch: Batch,
  call: ExplainedCall,
  inspect: (address: Address) => Promise<Account>,
): Promise<CallView> {
  const target = await inspect(call.to)
  const decoded = decode(batch, call, target)
  const recipient = decoded.kind === 'send-erc20' ? await inspect(decoded.to) : undefined
  return toView(call, decoded, warningsOf(batch, decoded, target, recipient))
}

function decode(batch: Batch, call: ExplainedCall, target?: Account): DecodedCall {
  return decodeCall(call, {
    signature: call.signature,
    token: target?.token ?? undefined,
    nativeSymbol: nameChain(batch.chainId).symbol,
  })
}

function warningsOf(
  batch: Batch,
  decoded: DecodedCall,
  target: Account,
  recipient: Account | undefined,
): string[] {
  const warnings: string[] = []
  if (decoded.kind === 'send-erc20') {
    if (!target.hasCode)
      warnings.push('There is no contract at the token address: the call would do nothing.')
    if (BigInt(decoded.to) === 0n)
      warnings.push('The recipient is the zero address: what is sent there is lost.')
    else if (decoded.to === decoded.token)
      warnings.push('The recipient is the token contract itself: tokens sent there are usually lost.')
    else if (decoded.to === batch.safe) warnings.push('The recipient is the Safe itself: nothing leaves it.')
    else if (recipient?.token)
      warnings.push('The recipient is a token contract: tokens sent there are usually lost.')
    return warnings
  }
  if (decoded.kind === 'send-native') {
    if (decoded.to === batch.safe) warnings.push('The recipient is the Safe itself: nothing leaves it.')
    if (target.token) warnings.push('The recipient is a token contract: coins sent there are usually lost.')
    return warnings
  }
  if (!target.hasCode) warnings.push('There is no contract at the target: the call would do nothing.')
  if (decoded.to === batch.safe)
    warnings.push('The target is the Safe itself: this can change its owners, threshold or modules.')
  if (decoded.to === batch.module)
    warnings.push('The target is the module itself: this can change how it decides.')
  if (decoded.kind === 'unknown')
    warnings.push('Nothing explains this data: find out what it does before you vote.')
  return warnings
}

function toView(call: ExplainedCall, decoded: DecodedCall, warnings: readonly string[]): CallView {
  return {
    to: call.to,
    value: call.value.toString(),
    data: call.data,
    operation: 0,
    signature: call.signature ?? null,
    kind: decoded.kind,
    summary: decoded.summary,
    arguments: decoded.kind === 'contract-call' ? decoded.arguments : [],
    warnings,
  }
}
