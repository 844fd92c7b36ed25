import type { Address } from 'viem'
import { getStrategy } from '../../strategies/registry'
import { findBlock, type SnapshotBlock } from './find-block'
import type { FrozenStrategy } from './frozen-strategy'
import type { PowerContext } from './measure-power'

/**
 * Whose power by these strategies changes when these accounts come to vote: their own, and that of those whom they lent
 * theirs. Throws as `measurePower`.
 */
export async function listAffected(
  ctx: PowerContext,
  question: {
    readonly strategies: readonly FrozenStrategy[]
    readonly at: SnapshotBlock
    readonly voters: readonly Address[]
  },
): Promise<Set<Address>> {
  const { strategies, at, voters } = question
  const affected = new Set(voters)
  for (const { id, version, network, params } of strategies) {
    const { listAffected, paramsSchema } = getStrategy(id, version)
    if (!listAffected) continue
    const accounts = await listAffected(ctx, {
      voters,
      block: await findBlock(ctx, Number(network), at),
      params: paramsSchema.parse(params),
      blockOn: (chainId) => findBlock(ctx, chainId, at),
    })
    for (const account of accounts) affected.add(account)
  }
  return affected
}
