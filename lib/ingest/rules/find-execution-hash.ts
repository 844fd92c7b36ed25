import { refuse } from '../../core/errors'
import type { ProposalPayload } from '../../core/messages/proposal'
import { parsePlugins } from '../../core/settlement/plugins'
import type { HexString } from '../../core/views/hex-string'
import { findExecution } from '../../db/execution/find-execution'
import type { KnownSpace } from '../find-subject'
import type { IngestContext } from '../rule'

const CHOICES = ['For', 'Against', 'Abstain']

/**
 * The hash of the batch that a proposal asks to have executed, or null. Refuses one that could not be carried out as
 * voted: an unknown batch, a Safe that is not the space's, a vote that does not end in For or Against.
 */
export async function findExecutionHash(
  ctx: IngestContext,
  signedPlugins: string,
  { type, choices, plugins }: ProposalPayload,
  { settings }: KnownSpace,
): Promise<HexString | null> {
  const ref = asksForExecution(plugins) ? parsePlugins(signedPlugins) : null
  if (!ref) return null
  if ('module' in ref) refuse("No tally module carries out proposals here: choose the Safe's owners.")
  const { chainId, safe, executionHash } = ref
  if (type !== 'basic' || JSON.stringify(choices) !== JSON.stringify(CHOICES)) {
    refuse('A proposal with an execution must be of type basic with the choices For, Against and Abstain.')
  }
  if (!ctx.chains.has(chainId)) {
    refuse(`This server does not read chain ${chainId}: choose a Safe on a chain that it does.`)
  }
  const isTreasury = settings.treasuries?.some(
    ({ address, network }) => address === safe && Number(network) === chainId,
  )
  if (!isTreasury) {
    refuse(
      `The Safe ${safe} on chain ${chainId} is not a treasury of this space: an admin can add it in its settings.`,
    )
  }
  const batch = await findExecution(ctx.db, executionHash)
  if (batch?.chainId !== chainId || batch.verifier !== safe) {
    refuse('The batch of the execution is not stored for this Safe: send it to /api/executions first.')
  }
  return executionHash
}

/** Whether `plugins` have an entry of ours. Other plugins are read as leniently as Snapshot does, and do nothing. */
export function asksForExecution(plugins: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(plugins, 'comitia')
}
