import { refuse } from '../../core/errors'
import { hashIp } from '../../services/moderation/hash-ip'
import { readBlocklist } from '../../services/moderation/read-blocklist'
import type { IngestContext } from '../rule'

/** Refuses whatever comes from an IP address that the operator turns away. */
export async function checkSender(
  ctx: Pick<IngestContext, 'db' | 'clock'>,
  { ip }: { readonly ip?: string | undefined } = {},
): Promise<void> {
  if (ip === undefined) return
  const { ips } = await readBlocklist(ctx)
  if (ips.size > 0 && ips.has(hashIp(ip))) refuse('unauthorized')
}
