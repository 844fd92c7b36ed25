import { pipeline, Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { createGzip } from 'node:zlib'

/**
 * A body in gzip, packed as far as somebody reads it; whoever hangs up ends the making of the rest. Not by node's
 * `CompressionStream`, which takes in all there is, however slow its reader.
 */
export function packStream(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  // The streams tell each other how they ended; what failed is told by whoever made the body.
  const packed = pipeline(Readable.fromWeb(body as NodeStream), createGzip(), () => {})
  return Readable.toWeb(packed) as ReadableStream<Uint8Array>
}
