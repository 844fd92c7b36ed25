import { refuse } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'
import { findMessageTime } from '../../db/log/find-message-time'
import type { IngestContext } from '../rule'

/**
 * Refuses a message that was signed before the one it would replace, as a ballot is: held back and sent late, it would
 * undo what was decided since. That `inForce` still is in force is the verdict's `basis`, looked at under the log's lock.
 */
export async function checkNewer(
  { db }: Pick<IngestContext, 'db'>,
  { timestamp }: { readonly timestamp: number },
  { inForce, what }: { readonly inForce: HexString; readonly what: 'proposal' | 'settings' },
): Promise<void> {
  if (timestamp < ((await findMessageTime(db, inForce)) ?? 0)) refuse(`${what} already updated at later time`)
}
