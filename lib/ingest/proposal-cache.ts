import { storedRef } from '../core/settlement/plugins'
import type { HexString } from '../core/views/hex-string'
import { findProposal, type ProposalRow } from '../db/proposal/find-proposal'
import { findSpace } from '../db/space/find-space'
import { type Clock, unixSeconds } from '../platform/clock'
import type { Context } from '../services/context'
import type { SnapshotBlock } from '../services/power/find-block'
import { type FrozenStrategy, readFrozenStrategies } from '../services/power/frozen-strategy'
import type { ValidationSetting } from '../services/validation/validate'

/** What a message about a proposal is checked against. */
export interface KnownProposal {
  readonly id: HexString
  readonly space: string
  readonly author: string
  readonly type: string
  readonly choices: readonly string[]
  /** Unix seconds. */
  readonly start: number
  /** Unix seconds. */
  readonly end: number
  /** Where powers are read. */
  readonly snapshot: SnapshotBlock
  readonly strategies: readonly FrozenStrategy[]
  readonly voteValidation: ValidationSetting
  /** The message that holds the settings it was made under. */
  readonly settingsId: HexString
  /** Where it was copied from; null: it is at home here. */
  readonly hub: string | null
  readonly hasExecution: boolean
  /** The chain of the tally module that counts its ballots; null: only this server does. */
  readonly moduleChainId: number | null
  /** Not shown any more, though a module goes on with it. */
  readonly isHidden: boolean
  /** The message that holds its text. */
  readonly definedBy: HexString
}

/** Proposals that are not withdrawn, of spaces that are not deleted, kept while they are voted on. */
export interface ProposalCache {
  find(id: string): Promise<KnownProposal | undefined>
  /** Reads it anew next time. */
  forget(id: string): void
}

const MAX_KEPT = 1_000

/**
 * Keeps a proposal from its start on, since its text cannot be changed then. What can still change (it is hidden, its
 * space is deleted, its snapshot moves in a reorg) is looked at again under the log's lock, when a message is appended.
 */
export function createProposalCache(ctx: Pick<Context, 'db'> & { readonly clock: Clock }): ProposalCache {
  const kept = new Map<string, KnownProposal>()
  return {
    async find(id) {
      const known = kept.get(id)
      if (known) return known
      const row = await findProposal(ctx.db, id)
      if (!row) return undefined
      const proposal = toKnownProposal(row)
      // A module knows nothing of moderators: they must not choose the moment at which its ballots end.
      const goesOn = proposal.moduleChainId !== null && row.hiddenAs !== 'author'
      if (row.hiddenAt && !goesOn) return undefined
      if ((await findSpace(ctx.db, row.spaceId))?.deletedAt) return undefined
      const now = unixSeconds(ctx.clock)
      if (proposal.start <= now && now <= proposal.end) {
        const [oldest] = kept.keys()
        if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest)
        kept.set(id, proposal)
      }
      return proposal
    },
    forget(id) {
      kept.delete(id)
    },
  }
}

function toKnownProposal(row: ProposalRow): KnownProposal {
  return {
    id: row.id as HexString,
    space: row.spaceId,
    author: row.author,
    type: row.type,
    choices: row.choices,
    start: Number(row.start),
    end: Number(row.end),
    snapshot: {
      chainId: Number(row.network),
      number: row.snapshot,
      hash: row.snapshotHash as HexString,
      timestamp: Number(row.snapshotTime),
    },
    strategies: readFrozenStrategies(row.strategies),
    // It passed its schema when the space's settings were accepted.
    voteValidation: row.voteValidation as unknown as ValidationSetting,
    settingsId: row.settingsId as HexString,
    hub: hubOf(row.origin),
    hasExecution: row.executionHash !== null,
    moduleChainId: moduleChainOf(row),
    isHidden: row.hiddenAt !== null,
    definedBy: row.definedBy as HexString,
  }
}

function moduleChainOf({ executionHash, plugins }: ProposalRow): number | null {
  const ref = executionHash === null ? null : storedRef(plugins)
  return ref && 'module' in ref ? ref.chainId : null
}

/** The hub that a row's `origin` names. */
export function hubOf(origin: unknown): string | null {
  if (origin === null) return null
  const { hub } = origin as { readonly hub?: unknown }
  return typeof hub === 'string' ? hub : 'another hub'
}
