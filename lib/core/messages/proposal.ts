import { z } from 'zod'
import { findVotingSystem, type VotingSystemId } from '../voting/registry'
import { distinct, jsonObject, link, name, names, parseJsonObject, readPayload, text } from './payload-fields'
import type { ResolvedMessage } from './resolve-message'

/** Unix seconds within the span Snapshot accepts, September 2001 to May 2033. */
const moment = z.int().min(1_000_000_000).max(2_000_000_000)

/**
 * What a signed `Proposal` says. Fields that old definitions do not have are empty, but for `privacy`, which is then
 * absent: the space decides. `network`, `strategies` and `metadata` of the oldest definitions are not read: Snapshot
 * takes network and strategies from the space, and so do we.
 */
export const proposalSchema = z.object({
  type: z.custom<VotingSystemId>((id) => typeof id === 'string' && findVotingSystem(id) !== undefined, {
    error: 'must be a voting system',
  }),
  title: name(256),
  body: z.string(),
  discussion: link.default(''),
  choices: names(256).min(1),
  labels: distinct(text(8, 1).regex(/^[a-zA-Z0-9]+$/, { error: 'must be letters and digits' }), 10).default(
    [],
  ),
  /** Unix seconds. */
  start: moment,
  /** Unix seconds. */
  end: moment,
  /** Block number, on the space's chain, at which voting power is read. */
  snapshot: z.int().min(0),
  plugins: jsonObject,
  privacy: z.enum(['', 'shutter']).optional(),
  app: text(24).default(''),
})

export type ProposalPayload = z.output<typeof proposalSchema>

/**
 * The payload of a `Proposal` message. `plugins` is read leniently, as Snapshot does: text that is no JSON object is `{}`.
 *
 * @throws AppError `invalid`: `wrong proposal format` (`details.issues` says where)
 */
export function parseProposal(message: ResolvedMessage['message']): ProposalPayload {
  const plugins = parseJsonObject(message.plugins)
  return readPayload(proposalSchema, { ...message, plugins }, 'wrong proposal format')
}
