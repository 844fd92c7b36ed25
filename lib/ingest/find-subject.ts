import { refuse } from '../core/errors'
import type { ResolvedMessage } from '../core/messages/resolve-message'
import type { SpaceSettings } from '../core/messages/settings'
import type { HexString } from '../core/views/hex-string'
import { findSpace } from '../db/space/find-space'
import type { NamedSpace } from '../services/name/note-name'
import type { RatedSpace } from '../services/options/read-limits'
import { settingsOf } from '../services/space/settings-of'
import { hubOf, type KnownProposal } from './proposal-cache'
import type { IngestContext } from './rule'

/** A space as a rule sees it. */
export interface KnownSpace extends RatedSpace, NamedSpace {
  readonly settings: SpaceSettings
  readonly controller: HexString
  /** The message that holds the settings. */
  readonly settingsId: HexString
  readonly isHibernated: boolean
  /** Only a rule about its settings meets one that is. */
  readonly isDeleted: boolean
  /** Where it was copied from, until settings of it are signed here; null: it is at home here. */
  readonly hub: string | null
}

/** The space a message is about; refuses with `unknown space`. */
export async function getMessageSpace(ctx: IngestContext, message: ResolvedMessage): Promise<KnownSpace> {
  const space = message.space && (await findKnownSpace(ctx, message.space))
  return space && !space.isDeleted ? space : refuse('unknown space')
}

export async function findKnownSpace(ctx: IngestContext, id: string): Promise<KnownSpace | undefined> {
  const row = await findSpace(ctx.db, id)
  if (!row) return undefined
  const { turbo, verified, flagCode, nameOwner, nameKeptUntil, nameProblem } = row
  return {
    id,
    turbo,
    verified,
    flagCode,
    nameOwner,
    nameProblem,
    nameKeptUntil: nameKeptUntil === null ? null : Number(nameKeptUntil),
    settings: settingsOf(row),
    controller: row.controller as HexString,
    settingsId: row.settingsId as HexString,
    isHibernated: row.hibernated,
    isDeleted: row.deletedAt !== null,
    hub:
      row.settingsId === (row.origin as { settingsId?: unknown } | null)?.settingsId
        ? hubOf(row.origin)
        : null,
  }
}

/**
 * The proposal of that id in the message's space; refuses with `unknown space` or `unknown proposal`, and what was copied
 * from another hub, where messages about it belong.
 */
export async function getMessageProposal(
  ctx: IngestContext,
  message: ResolvedMessage,
  id: string,
): Promise<KnownProposal> {
  const proposal = await ctx.proposals.find(id)
  if (proposal && proposal.space === message.space) {
    checkHome(proposal, 'proposal')
    return proposal
  }
  await getMessageSpace(ctx, message)
  return refuse('unknown proposal')
}

/** Refuses a message about what was copied from another hub. A space comes home with settings that are signed here. */
export function checkHome({ hub }: { readonly hub: string | null }, what: 'proposal' | 'space'): void {
  if (hub !== null) refuse(`This ${what} is a copy from ${hub}, which alone takes messages about it.`)
}

/** What a message about this proposal is decided on. */
export function basisOf({ id, definedBy, snapshot }: KnownProposal) {
  return { id, definedBy, snapshotHash: snapshot.hash }
}
