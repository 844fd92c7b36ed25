import type { ResolvedMessage } from './resolve-message'

/** When a message was signed, by its own word, in unix seconds; undefined where its definition signs no time. */
export function signedTime({ message }: Pick<ResolvedMessage, 'message'>): number | undefined {
  return typeof message.timestamp === 'number' ? message.timestamp : undefined
}
