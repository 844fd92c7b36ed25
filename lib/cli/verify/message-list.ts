import { parseCheckpointText } from '../../core/log/checkpoint'
import { proposalAbout } from '../../core/log/receipt-of'
import { parseNote } from '../../core/log/signed-note'
import type { MessageKind } from '../../core/messages/definitions'
import type { CanonicalMessage } from '../../core/messages/parse-canonical-envelope'
import type { HexString } from '../../core/views/hex-string'
import type { Entry } from './read-entries'
import { aliasOf, type ScannedBundle } from './scan-bundle'

/** What a bundle holds of a proposal, beside settings and the proposal itself. */
const ABOUT_PROPOSALS = new Set<MessageKind>([
  'vote',
  'vote-array',
  'vote-string',
  'update-proposal',
  'delete-proposal',
  'flag-proposal',
])
const ABOUT_ALIASES = new Set<MessageKind>(['alias', 'revoke-alias'])

/**
 * Gathers the ids of all messages of a log that belong in a bundle, from a reading of the whole log. Its entries say of
 * what kind a message is, not what it is about: those that are not in the bundle, and could be, have to be looked up.
 * Which state of the log a bundle ends with its operator chose; so what came later counts as long as voting was open.
 */
export function createMessageList({ proposal, end, indexes, settingsAt, links, checkpoint }: ScannedBundle) {
  const size = sizeOf(checkpoint)
  const ids = new Set<HexString>()
  /** Of links that were looked up. */
  const places = new Map<HexString, number>()
  const linkedAt = Math.min(...links.values())
  let proposedAt = Number.POSITIVE_INFINITY

  const isOfThis = (resolved: CanonicalMessage['resolved']): boolean => {
    const { id, kind, space, message } = resolved
    if (kind === 'settings') return space === proposal?.space
    if (!ABOUT_ALIASES.has(kind)) return proposalAbout(resolved) === proposal?.id
    const first = links.get(aliasOf(message))
    return first !== undefined && (places.get(id) ?? 0) > first
  }

  return {
    ids: ids as ReadonlySet<HexString>,

    /** Takes the entries in order. True for one whose message has to be looked up. */
    wants({ index, leaf }: Entry): boolean {
      if (index >= size && Math.floor(leaf.acceptedAtMs / 1000) > end) return false
      if (leaf.id === proposal?.id) proposedAt = index
      if (indexes.has(index)) {
        ids.add(leaf.id)
        return false
      }
      if (leaf.kind === 'settings') return index > settingsAt
      if (ABOUT_ALIASES.has(leaf.kind)) {
        // What came after the bundle was sealed changes nothing in it.
        const isWanted = index > linkedAt && index < size
        if (isWanted) places.set(leaf.id, index)
        return isWanted
      }
      return index > proposedAt && ABOUT_PROPOSALS.has(leaf.kind)
    },

    /** Takes a message that was looked up. */
    take({ resolved }: CanonicalMessage): void {
      if (isOfThis(resolved)) ids.add(resolved.id)
    },
  }
}

/** Entries of the log when the bundle was made, by its word. */
function sizeOf(checkpoint: string): number {
  try {
    return parseCheckpointText(parseNote(checkpoint).text).size
  } catch {
    return 0
  }
}
