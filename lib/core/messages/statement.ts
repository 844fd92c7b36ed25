import { z } from 'zod'
import { readPayload, text } from './payload-fields'
import type { ResolvedMessage } from './resolve-message'

/** What a delegate says to a space. Fields that the oldest definition does not have are empty. */
export const statementSchema = z.object({
  about: text(140),
  statement: text(10_000),
  discourse: text(30)
    .regex(/^[A-Za-z0-9-_.]*$/, { error: 'must be a name on Discourse' })
    .default(''),
  network: text(24)
    .regex(/^[a-z0-9-]*$/, { error: 'must be the id of a network' })
    .default(''),
  status: z.enum(['ACTIVE', 'INACTIVE']).default('INACTIVE'),
})

export type StatementPayload = z.output<typeof statementSchema>

/** @throws AppError `invalid`: `wrong statement format` (`details.issues` says where) */
export function parseStatement(message: ResolvedMessage['message']): StatementPayload {
  return readPayload(statementSchema, message, 'wrong statement format')
}
