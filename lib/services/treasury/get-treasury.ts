import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import type { SpaceSettings } from '../../core/messages/settings'
import type { SafeAccountView, TreasuryView } from '../../core/views/treasury-view'
import type { Context } from '../context'
import { getSpaceRow } from '../space/get-space-row'
import { settingsOf } from '../space/settings-of'
import { type ReadAccount, readAccount } from './read-account'
import { viewAccount } from './view-account'

/** A page is looked at more often than a Safe changes. */
const freshMs = 30_000
const kept = 200
const cache = new WeakMap<Context['chains'], Map<string, { until: number; account: Promise<ReadAccount> }>>()

/**
 * Who can move a space's treasuries, as their chains are now, or were within the last half minute. A chain that cannot be
 * read is a treasury's `problem`. Throws `not_found` and `gone`.
 */
export async function getTreasury(ctx: Context, id: string): Promise<TreasuryView> {
  const settings = settingsOf(await getSpaceRow(ctx, id))
  const space = { id, settings }
  return {
    treasuries: await Promise.all(
      (settings.treasuries ?? []).map((treasury) => viewTreasury(ctx, space, treasury)),
    ),
  }
}

type Treasury = NonNullable<SpaceSettings['treasuries']>[number]

async function viewTreasury(
  ctx: Context,
  space: { readonly id: string; readonly settings: SpaceSettings },
  { name, network, address }: Treasury,
): Promise<SafeAccountView> {
  const chainId = Number(network)
  const safe = checksumAddress(address)
  const unread = (problem: string) => viewAccount({ name, chainId, address }, { problem }, space)
  if (!safe) return unread('This is no address of an EVM chain.')
  if (!ctx.chains.has(chainId)) return unread(`This server does not read chain ${chainId}.`)
  try {
    return viewAccount({ name, chainId, address: safe }, await readFresh(ctx, chainId, safe), space)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'chain_unavailable') throw error
    return unread(`Chain ${chainId} cannot be read now.`)
  }
}

async function readFresh(ctx: Context, chainId: number, safe: Address): Promise<ReadAccount> {
  const known = cache.get(ctx.chains) ?? new Map()
  cache.set(ctx.chains, known)
  const key = `${chainId} ${safe}`
  const entry = known.get(key)
  if (entry && entry.until > ctx.clock.now()) return entry.account
  const account = readAccount(ctx, chainId, safe)
  known.delete(key)
  known.set(key, { until: ctx.clock.now() + freshMs, account })
  if (known.size > kept) known.delete(known.keys().next().value)
  try {
    return await account
  } catch (error) {
    if (known.get(key)?.account === account) known.delete(key)
    throw error
  }
}
