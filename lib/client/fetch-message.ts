import type { HexString } from '../core/views/hex-string'
import type { LogView, MessageView } from '../core/views/record-view'
import type { ApiClient } from './api'

/**
 * A message with the proof that most witnesses have seen: under the newest state of the log that they co-signed, as soon
 * as one of these has the message in it, else under the newest of all.
 *
 * @throws ApiError, 404 for an id that the log does not have
 */
export async function fetchMessage(
  api: Pick<ApiClient, 'message' | 'log' | 'inclusion'>,
  id: HexString,
  witnesses: readonly string[],
): Promise<MessageView> {
  const message = await api.message(id)
  if (witnesses.length === 0) return message
  try {
    const size = seenSize(await api.log(), message.logIndex)
    return size === undefined || size === message.inclusion.size
      ? message
      : { ...message, inclusion: await api.inclusion(message.logIndex, size) }
  } catch {
    // Who else has seen it is more than was asked for.
    return message
  }
}

/** The size at which most witnesses know the log, the largest of several, of those with entry `index`. */
function seenSize({ witnesses }: LogView, index: number): number | undefined {
  const sizes = witnesses.flatMap(({ size }) => (size !== null && size > index ? [size] : []))
  const seenAt = (size: number) => sizes.filter((other) => other === size).length
  return sizes.sort((a, b) => seenAt(b) - seenAt(a) || b - a)[0]
}
