import { findAliases } from '../alias/find-aliases'
import { findLinkObstacle } from '../alias/find-link-obstacle'
import type { Database } from '../client'
import { findFollowObstacle } from '../follow/find-follow-obstacle'
import { hasFollow } from '../follow/has-follow'
import { findProfileTime } from '../profile/find-profile-time'
import { hasOpenElection } from '../proposal/has-open-election'
import { findDomainHolder } from '../space/find-domain-holder'
import { findStatementTime } from '../statement/find-statement-time'
import { hasSubscription } from '../subscription/has-subscription'
import { findExcess } from './find-excess'
import type { NewMessage } from './new-message'

/** As much of a message as its rows may stand in the way of. */
export type Attempt = Pick<NewMessage, 'author' | 'space' | 'timestamp' | 'effect'>

/**
 * Why a message that is no ballot cannot be written at `now` (unix seconds), for what other messages have left; in
 * Snapshot's words where it has some. Asked when it is checked, and again under the log's lock.
 */
export async function findObstacle(
  db: Pick<Database, 'query'>,
  { author, space, timestamp, effect }: Attempt,
  now: number,
): Promise<string | undefined> {
  switch (effect.type) {
    case 'save-space': {
      const { domain } = effect
      const holder = domain === null ? undefined : await findDomainHolder(db, { domain, space })
      return holder === undefined ? undefined : 'domain already taken'
    }
    case 'create-proposal':
      return effect.limits === null ? undefined : findExcess(db, { space, author, now }, effect.limits)
    case 'delete-space':
      return (await hasOpenElection(db, { space, now }))
        ? 'A vote that a tally module counts is not over: delete the space when it is, or withdraw the proposal.'
        : undefined
    case 'follow':
      return findFollowObstacle(db, { follower: author, space, most: effect.most })
    case 'unfollow': {
      const follows = await hasFollow(db, { follower: author, space })
      return follows ? undefined : 'you can only unfollow a space you follow'
    }
    case 'subscribe':
      return (await hasSubscription(db, { address: author, space })) ? 'duplicate message' : undefined
    case 'link-alias':
      return findLinkObstacle(db, { author, alias: effect.alias, signedAt: timestamp })
    case 'revoke-alias': {
      const link = (await findAliases(db, [effect.alias])).get(effect.alias)
      return link?.address === author ? undefined : 'alias does not exist'
    }
    case 'save-profile': {
      const isOld = timestamp < ((await findProfileTime(db, author)) ?? 0)
      return isOld ? 'profile already updated at later time' : undefined
    }
    case 'save-statement': {
      const isOld = timestamp < ((await findStatementTime(db, { delegate: author, space })) ?? 0)
      return isOld ? 'statement already updated at later time' : undefined
    }
    default:
      return undefined
  }
}
