import { refuse } from '../../core/errors'
import { ALIAS_SECONDS, aliasKinds } from '../../core/messages/alias'
import type { ResolvedMessage } from '../../core/messages/resolve-message'
import { type Alias, findAliases } from '../../db/alias/find-aliases'
import { unixSeconds } from '../../platform/clock'
import type { IngestContext } from '../rule'

/**
 * Whoever signs for somebody else must be his alias: linked by him, no longer ago than 90 days. Answers that link, and
 * undefined where the author signs himself. It is looked at again under the log's lock.
 */
export async function checkSigner(
  ctx: Pick<IngestContext, 'db' | 'clock'>,
  signer: string,
  { from, kind }: Pick<ResolvedMessage, 'from' | 'kind'>,
): Promise<Alias | undefined> {
  if (signer === from) return undefined
  if (!aliasKinds.includes(kind)) refuse(`alias not allowed for the type: ${kind}`)
  const link = (await findAliases(ctx.db, [signer])).get(signer)
  const isGood = link?.address === from && link.created >= unixSeconds(ctx.clock) - ALIAS_SECONDS
  return isGood ? link : refuse('wrong alias')
}
