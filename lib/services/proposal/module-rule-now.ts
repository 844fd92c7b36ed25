import { tallyModuleAbi } from '../../chain/abi/tally-module'
import { votesPowerSourceAbi } from '../../chain/abi/votes-power-source'
import { fetchBlock } from '../../chain/blocks'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { DecisionRule } from '../../core/proposal/rule'
import { moduleRule } from '../../core/settlement/module-rule'
import { storedRef } from '../../core/settlement/plugins'
import { strategyToken } from '../../core/settlement/strategy-token'
import { findMessageTime } from '../../db/log/find-message-time'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import type { Context } from '../context'
import { readFrozenStrategies } from '../power/frozen-strategy'

/**
 * What decides a proposal that a module settles, by all power at its timepoint as the chain tells it now; null where no
 * module decides. Throws `chain_unavailable`, also while the chain has not reached the module or that moment again.
 */
export async function moduleRuleNow(ctx: Context, proposal: ProposalRow): Promise<DecisionRule | null> {
  const ref = proposal.executionHash === null ? null : storedRef(proposal.plugins)
  const token = strategyToken(readFrozenStrategies(proposal.strategies)[0]?.params)
  if (!ref || !('module' in ref) || !token) return null
  const { chainId, module } = ref
  const signedAt = (await findMessageTime(ctx.db, proposal.id)) ?? 0
  try {
    const { number: blockNumber } = await fetchBlock(ctx.chains, chainId, 'latest')
    return await readChain(ctx.chains, chainId, async (client) => {
      const args = [ref.config] as const
      const config = await client.readContract({
        ...{ address: module, abi: tallyModuleAbi, functionName: 'configOf', args, blockNumber },
      })
      const source = { address: config.powerSource, abi: votesPowerSourceAbi, blockNumber } as const
      const { powerParams } = config
      const clock = { ...source, functionName: 'clock', args: [powerParams] } as const
      const [, isTimestamp] = await client.readContract(clock)
      const timepoint = isTimestamp ? BigInt(signedAt - 1) : proposal.snapshot
      const totalAt = { ...source, functionName: 'totalAt', args: [powerParams, timepoint] } as const
      return moduleRule(config, await client.readContract(totalAt), token.decimals)
    })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    throw new AppError('chain_unavailable', {
      message: `Chain ${chainId} does not tell the quorum of proposal ${proposal.id} at the moment.`,
      cause: error,
    })
  }
}
