import { z } from 'zod'
import type { HexString } from '../views/hex-string'
import { checksumAddress } from './checksum-address'
import type { MessageKind } from './definitions'
import { readPayload } from './payload-fields'
import type { ResolvedMessage } from './resolve-message'

/** Kinds that somebody's alias may sign for him. Nobody's admins act through one, and no alias makes another. */
export const aliasKinds: readonly MessageKind[] = [
  'follow',
  'unfollow',
  'subscribe',
  'unsubscribe',
  'profile',
  'statement',
  'vote',
  'vote-array',
  'vote-string',
  'proposal',
  'update-proposal',
  'flag-proposal',
]

/** Seconds that a key may sign for its principal, from the time that he signed for it. */
export const ALIAS_SECONDS = 90 * 86_400

/** What a signed `Alias` or `RevokeAlias` says: the key that may sign for its author, or may no longer. */
export const aliasSchema = z.object({
  alias: z.custom<HexString>((value) => value !== undefined && checksumAddress(value) === value),
})

/** @throws AppError `invalid`: `wrong alias format` | `wrong revoke-alias format` */
export function parseAlias(
  message: ResolvedMessage['message'],
  kind: 'alias' | 'revoke-alias',
): { readonly alias: HexString } {
  return readPayload(aliasSchema, message, `wrong ${kind} format`)
}
