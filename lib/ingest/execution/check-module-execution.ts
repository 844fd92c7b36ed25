import { fetchBlock } from '../../chain/blocks'
import { stateModule } from '../../core/audit/module-config-json'
import { refuse } from '../../core/errors'
import type { DecisionRule } from '../../core/proposal/rule'
import { ruleFor } from '../../core/proposal/rule-for'
import { spaceVoting } from '../../core/proposal/space-voting'
import { moduleObstacles } from '../../core/settlement/module-obstacles'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { moduleRule } from '../../core/settlement/module-rule'
import { ruleConflict } from '../../core/settlement/rule-conflict'
import { strategyToken } from '../../core/settlement/strategy-token'
import { readModule } from '../../execution/module/read-module'
import type { IngestContext } from '../rule'
import type { AskedExecution, CheckedProposal } from './asked-execution'
import { checkModuleAuthor } from './check-module-author'
import { checkModuleBatch } from './check-module-batch'
import { checkModulePeriod } from './check-module-period'
import { checkModuleText } from './check-module-text'
import { checkRegistration } from './check-registration'
import { checkTimepoint } from './check-timepoint'
import { readTotal } from './read-total'

/**
 * An execution that a tally module settles. Whatever the module would refuse at registration is refused here, with a
 * sentence that says what to change; so is what it would count otherwise than this server does, and a rule that passes
 * what the space's settings promise not to pass. The rule is the module's own, by its config and by all power at the
 * timepoint.
 */
export async function checkModuleExecution(
  ctx: IngestContext,
  proposal: CheckedProposal,
  ref: ModuleRef,
): Promise<AskedExecution> {
  const { chainId, module: address, executionHash } = ref
  if (!ctx.chains.has(chainId)) {
    refuse(`This server does not read chain ${chainId}: choose a module on a chain that it does.`)
  }
  const head = await fetchBlock(ctx.chains, chainId, 'latest')
  const module = await readModule(ctx.chains, { module: address, chainId, block: head })
  if ('problem' in module) return refuse(module.problem)
  const [obstacle] = moduleObstacles(module, proposal.space)
  if (obstacle) refuse(obstacle)
  // Both are told by an obstacle.
  const token = strategyToken(proposal.space.settings.strategies[0]?.params ?? {})
  const { source } = module
  if (!token || source.kind === 'unknown') return refuse('The module has no power source that is known here.')

  checkModuleText(proposal, module)
  if (ref.config !== module.configHash) {
    refuse(
      `The module's config is not the one in plugins: read it, and sign its current hash ${module.configHash}.`,
    )
  }
  checkModulePeriod(ctx, proposal, { config: module.config, head })
  const timepoint = await checkTimepoint(ctx, proposal, { config: module.config, source, head })
  const question = { config: module.config, timepoint, head }
  const total = await readTotal(ctx, question)
  await checkModuleAuthor(ctx, proposal, { ...question, token })
  const calls = await checkModuleBatch(ctx, ref, head)
  await checkRegistration(ctx, proposal, { ref, calls, head })
  const rule = moduleRule(module.config, total, token.decimals)
  const conflict = ruleConflict(rule, ruleOf(proposal))
  if (conflict) refuse(conflict)
  const stated = stateModule(module.config, total)
  return { hash: executionHash, treasury: module.safe, rule, module: stated, startsAtOnce: true }
}

/** What the space's settings would have decide. */
function ruleOf({ payload, space }: CheckedProposal): DecisionRule {
  const { type, choices } = payload
  return ruleFor({ type, choices, voting: spaceVoting(space.settings) })
}
