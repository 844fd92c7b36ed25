import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils'
import type { Leaf } from '../../core/log/leaf'
import { type ImportedMessage, parseImportedEnvelope } from '../../core/messages/imported-envelope'
import { type CanonicalMessage, parseCanonicalEnvelope } from '../../core/messages/parse-canonical-envelope'
import type { LogServer } from './log-server'

/**
 * The message that a leaf commits to, or what is kept of one that was copied from another hub; if there is none to be had,
 * the sentence that says so.
 */
export async function fetchMessage(
  server: LogServer,
  leaf: Leaf,
): Promise<CanonicalMessage | ImportedMessage | string> {
  const { id, envelopeSha256 } = leaf
  const text = await server.fetchEnvelope(hexToBytes(envelopeSha256.slice(2)))
  if (text === undefined) return `What was signed as ${id} is withheld: the server does not show it.`
  try {
    if (`0x${bytesToHex(sha256(utf8ToBytes(text)))}` === envelopeSha256) {
      const imported = parseImportedEnvelope(text)
      if (imported?.hash === id) return imported
      const message = parseCanonicalEnvelope(text)
      if (message.resolved.id === id && message.resolved.kind === leaf.kind) return message
    }
  } catch {
    // Not a message: the same as another one.
  }
  return `What the server shows as signed under ${id} is not what was logged.`
}
