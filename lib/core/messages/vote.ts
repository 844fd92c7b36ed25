import { z } from 'zod'
import { refuse } from '../errors'
import { jsonObject, parseJson, parseJsonObject, readPayload, text } from './payload-fields'
import { proposalId } from './proposal-id'
import type { ResolvedMessage } from './resolve-message'

/** What a signed `Vote` says. The proposal's voting system decides whether `choice` is one. */
export const voteSchema = z.object({
  proposal: proposalId,
  choice: z.union([z.number(), z.array(z.unknown()), jsonObject, z.boolean(), z.string()]),
  reason: text(5000).default(''),
  app: text(24).default(''),
  metadata: jsonObject,
})

export type VotePayload = z.output<typeof voteSchema>

const MAX_METADATA_CHARACTERS = 2000

/**
 * The payload of a `Vote` message. The choice of a `vote-string` is JSON text and comes out parsed; `metadata` is read
 * leniently, as Snapshot does: text that is no JSON object is `{}`.
 *
 * @throws AppError `invalid`: `too large metadata` | `invalid choice` (no JSON) | `wrong vote format`
 * (`details.issues` says where)
 */
export function parseVote(
  message: ResolvedMessage['message'],
  kind: 'vote' | 'vote-array' | 'vote-string',
): VotePayload {
  if (String(message.metadata).length > MAX_METADATA_CHARACTERS) refuse('too large metadata')
  const choice = kind === 'vote-string' ? parseJson(message.choice) : message.choice
  if (choice === undefined) refuse('invalid choice')
  const metadata = parseJsonObject(message.metadata)
  return readPayload(voteSchema, { ...message, choice, metadata }, 'wrong vote format')
}
