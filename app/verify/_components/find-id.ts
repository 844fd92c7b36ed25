import type { HexString } from '../../../lib/core/views/hex-string'

/** The message id in what somebody pasted: the id itself, or a link that ends in it. Null if there is none. */
export function findId(text: string): HexString | null {
  const [, id] = /(?:^|[/\s])(?:0x)?([0-9a-f]{64})(?=$|[/?#\s])/i.exec(text.trim()) ?? []
  return id === undefined ? null : `0x${id.toLowerCase()}`
}
