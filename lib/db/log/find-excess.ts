import type { Database } from '../client'
import { countProposals } from '../proposal/count-proposals'
import type { ProposalLimits } from './new-message'

/** Why one more proposal by this author, at `now` (unix seconds), would be too many; in Snapshot's words. */
export async function findExcess(
  db: Pick<Database, 'query'>,
  proposal: { readonly space: string; readonly author: string; readonly now: number },
  limits: ProposalLimits,
): Promise<string | undefined> {
  const counts = await countProposals(db, proposal)
  if (counts.spaceToday >= limits.perDay || counts.spaceThisMonth >= limits.perMonth) {
    return 'proposal limit reached'
  }
  return counts.authorOpen >= limits.openPerAuthor ? 'active proposal limit reached for author' : undefined
}
