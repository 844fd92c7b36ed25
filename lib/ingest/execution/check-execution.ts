import { parsePlugins } from '../../core/settlement/plugins'
import type { IngestContext } from '../rule'
import type { AskedExecution, CheckedProposal } from './asked-execution'
import { checkModuleExecution } from './check-module-execution'
import { checkSafeExecution } from './check-safe-execution'

/** Null without an execution. Refuses one that could not be carried out as voted, with a sentence for its proposer. */
export async function checkExecution(
  ctx: IngestContext,
  proposal: CheckedProposal,
): Promise<AskedExecution | null> {
  if (!asksForExecution(proposal.payload.plugins)) return null
  const ref = parsePlugins(String(proposal.message.message.plugins))
  if (!ref) return null
  return 'module' in ref ? checkModuleExecution(ctx, proposal, ref) : checkSafeExecution(ctx, proposal, ref)
}

/** Whether `plugins` have an entry of ours. Other plugins are read as leniently as Snapshot does, and do nothing. */
export function asksForExecution(plugins: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(plugins, 'comitia')
}
