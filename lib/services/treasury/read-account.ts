import type { Address } from 'viem'
import { type BlockRef, fetchBlock } from '../../chain/blocks'
import { type ModuleAccount, readModule } from '../../execution/module/read-module'
import { readMembers, type SafeMembers } from '../../execution/safe/read-members'
import { readSafe, type SafeState } from '../../execution/safe/read-safe'
import type { Context } from '../context'
import { inspectAccount } from '../execution/inspect-account'

/** A treasury as its chain is at `block`. */
export type ReadAccount =
  | { readonly problem: string; readonly block?: BlockRef }
  | {
      readonly block: BlockRef
      readonly safe: SafeState
      readonly guard: SafeMembers['guard']
      readonly modules: readonly ReadMember[]
    }

/** An enabled module; `tally` when its code is a tally module of ours. */
export interface ReadMember {
  readonly address: Address
  readonly tally: { readonly account: ModuleAccount; readonly symbol: string | null } | null
}

/** Throws `chain_unavailable`. */
export async function readAccount(ctx: Context, chainId: number, address: Address): Promise<ReadAccount> {
  const block = await fetchBlock(ctx.chains, chainId, 'latest')
  const safe = await readSafe(ctx.chains, { safe: address, block })
  if ('problem' in safe) return { problem: safe.problem, block }
  const { guard, modules } = await readMembers(ctx.chains, { safe: address, block })
  return {
    block,
    safe,
    guard,
    modules: await Promise.all(modules.map((module) => readMember(ctx, module, block))),
  }
}

async function readMember(ctx: Context, module: Address, block: BlockRef): Promise<ReadMember> {
  const account = await readModule(ctx.chains, { module, chainId: block.chainId, block })
  if ('problem' in account || !account.isGenuine) return { address: module, tally: null }
  const { source } = account
  const token = source.kind === 'votes' ? (await inspectAccount(ctx, source.token, block)).token : null
  return { address: module, tally: { account, symbol: token?.symbol ?? null } }
}
