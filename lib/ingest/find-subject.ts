import { refuse } from '../core/errors'
import type { ResolvedMessage } from '../core/messages/resolve-message'
import type { SpaceSettings } from '../core/messages/settings'
import type { HexString } from '../core/views/hex-string'
import { findSpace } from '../db/space/find-space'
import type { KnownProposal } from './proposal-cache'
import type { IngestContext } from './rule'

/** A space as a rule sees it. */
export interface KnownSpace {
  readonly id: string
  readonly settings: SpaceSettings
  readonly controller: HexString
  /** The message that holds the settings. */
  readonly settingsId: HexString
}

/** The space a message is about; refuses with `unknown space`. */
export async function getMessageSpace(ctx: IngestContext, message: ResolvedMessage): Promise<KnownSpace> {
  return (message.space && (await findKnownSpace(ctx, message.space))) || refuse('unknown space')
}

export async function findKnownSpace(ctx: IngestContext, id: string): Promise<KnownSpace | undefined> {
  const row = await findSpace(ctx.db, id)
  return (
    row && {
      id,
      // They passed their schema when they were accepted.
      settings: row.settings as unknown as SpaceSettings,
      controller: row.controller as HexString,
      settingsId: row.settingsId as HexString,
    }
  )
}

/** The proposal of that id in the message's space; refuses with `unknown space` or `unknown proposal`. */
export async function getMessageProposal(
  ctx: IngestContext,
  message: ResolvedMessage,
  id: string,
): Promise<KnownProposal> {
  const proposal = await ctx.proposals.find(id)
  if (proposal && proposal.space === message.space) return proposal
  await getMessageSpace(ctx, message)
  return refuse('unknown proposal')
}

/** What a message about this proposal is decided on. */
export function basisOf({ id, definedBy, snapshot }: KnownProposal) {
  return { id, definedBy, snapshotHash: snapshot.hash }
}
