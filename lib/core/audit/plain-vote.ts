import type { ReadMessage } from './read-message'

const ID = /^0x[0-9a-f]{64}$/

/**
 * What `parseVote` says of a usual ballot, many times as fast; undefined where only it can tell: of a choice in JSON, of
 * metadata, of long texts.
 */
export function readPlainVote(
  { proposal, choice, reason = '', app = '', metadata = '{}' }: ReadMessage['resolved']['message'],
  kind: string,
): { readonly proposal: string; readonly choice: unknown } | undefined {
  const isPlain =
    kind !== 'vote-string' &&
    typeof proposal === 'string' &&
    ID.test(proposal) &&
    typeof choice !== 'string' &&
    choice !== undefined &&
    metadata === '{}' &&
    typeof reason === 'string' &&
    reason.length <= 5000 &&
    typeof app === 'string' &&
    app.length <= 24
  return isPlain ? { proposal, choice } : undefined
}
