import { tallyModuleAbi } from '../../chain/abi/tally-module'
import { fetchBlock } from '../../chain/blocks'
import { readChain } from '../../chain/read-chain'
import { readTotalPower } from '../../chain/read-total-power'
import { type StatedModule, stateModule } from '../../core/audit/module-config-json'
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
export async function readDecidingModule(
  ctx: Context,
  proposal: ProposalRow,
): Promise<{ readonly rule: DecisionRule; readonly module: StatedModule } | null> {
  const ref = proposal.executionHash === null ? null : storedRef(proposal.plugins)
  const token = strategyToken(readFrozenStrategies(proposal.strategies)[0]?.params)
  if (!ref || !('module' in ref) || !token) return null
  const { chainId, module } = ref
  const signedAt = (await findMessageTime(ctx.db, proposal.id)) ?? 0
  try {
    const { number: blockNumber } = await fetchBlock(ctx.chains, chainId, 'latest')
    const config = await readChain(ctx.chains, chainId, (client) =>
      client.readContract({
        ...{
          address: module,
          abi: tallyModuleAbi,
          functionName: 'configOf',
          args: [ref.config],
          blockNumber,
        },
      }),
    )
    const { powerSource, powerParams } = config
    const { snapshot } = proposal
    const question = { chainId, powerSource, powerParams, snapshot, signedAt }
    const total = await readTotalPower(ctx.chains, question)
    return { rule: moduleRule(config, total, token.decimals), module: stateModule(config, total) }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    throw new AppError('chain_unavailable', {
      message: `Chain ${chainId} does not tell the quorum of proposal ${proposal.id} at the moment.`,
      cause: error,
    })
  }
}
