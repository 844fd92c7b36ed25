import { z } from 'zod'
import { link, name, parseJson, readPayload, text } from './payload-fields'
import type { ResolvedMessage } from './resolve-message'

/** What somebody says of himself. Whatever is left out is gone: a profile is replaced as a whole. */
export const profileSchema = z
  .strictObject({
    name: name(32, 0),
    about: text(256),
    avatar: link,
    cover: link,
    twitter: text(15).regex(/^[A-Za-z0-9_]*$/, { error: 'must be a name on X' }),
    github: text(39).regex(/^[A-Za-z0-9_-]*$/, { error: 'must be a name on GitHub' }),
    lens: text(26).regex(/^[A-Za-z0-9_]*$/, { error: 'must be a name on Lens' }),
    farcaster: text(17).regex(/^[a-z0-9-]*$/, { error: 'must be a name on Farcaster' }),
  })
  .partial()

/** Of the JSON text: all its fields at their longest, each character escaped, are less. */
const MAX_CHARACTERS = 12_000

export type ProfilePayload = z.output<typeof profileSchema>

/** @throws AppError `invalid`: `wrong profile format` (`details.issues` says where) */
export function parseProfile(message: ResolvedMessage['message']): ProfilePayload {
  // Blanks between the fields would be kept for ever.
  const isPadded = String(message.profile).length > MAX_CHARACTERS
  return readPayload(profileSchema, isPadded ? undefined : parseJson(message.profile), 'wrong profile format')
}
