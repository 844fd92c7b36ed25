import { z } from 'zod'
import { readPayload } from './payload-fields'
import { proposalId } from './proposal-id'
import type { ResolvedMessage } from './resolve-message'

/** What a signed `CancelProposal` says. */
export const deleteProposalSchema = z.object({ proposal: proposalId })

export type CancelPayload = z.output<typeof deleteProposalSchema>

/** @throws AppError `invalid`: `wrong proposal format` */
export function parseCancel(message: ResolvedMessage['message']): CancelPayload {
  return readPayload(deleteProposalSchema, message, 'wrong proposal format')
}
