import type { z } from 'zod'
import { parseJsonObject, readPayload } from './payload-fields'
import { proposalSchema } from './proposal'
import { proposalId } from './proposal-id'
import type { ResolvedMessage } from './resolve-message'

/**
 * What a signed `UpdateProposal` says: everything of a proposal but its times, block and app. Snapshot's own schema
 * forgets `copeland` here and the limits on choices; a proposal must not become what could not have been proposed.
 */
export const updateProposalSchema = proposalSchema
  .omit({ start: true, end: true, snapshot: true, app: true })
  .extend({ proposal: proposalId })

export type UpdateProposalPayload = z.output<typeof updateProposalSchema>

/** @throws AppError `invalid`: `wrong proposal format` (`details.issues` says where) */
export function parseUpdateProposal(message: ResolvedMessage['message']): UpdateProposalPayload {
  const plugins = parseJsonObject(message.plugins)
  return readPayload(updateProposalSchema, { ...message, plugins }, 'wrong proposal format')
}
