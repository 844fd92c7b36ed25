import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError, refuse } from '../../core/errors'

/** Thirty million ballots: more is no bundle but an attack. */
export const MAX_BUNDLE = 16 * 2 ** 30

/**
 * A bundle's bytes as they come, from a file or standard input (`-`); unpacked if they are gzip, as files and some servers
 * have them.
 *
 * Throws AppError `invalid` where what is there cannot be read to its end, `misconfigured` where nothing is there.
 */
export async function* openBundle(where: string): AsyncGenerator<Uint8Array> {
  // Packed bytes may have no end either: gzip can go on and hold nothing.
  yield* within(unpack(within(await openSource(where))))
}

async function* within(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > MAX_BUNDLE) refuse('it has no end')
    yield chunk
  }
}

async function openSource(where: string): Promise<AsyncIterable<Uint8Array>> {
  if (where === '-') return process.stdin
  try {
    const handle = await open(where)
    if ((await handle.stat()).isDirectory()) throw new Error('a folder')
    return handle.createReadStream({ highWaterMark: 2 ** 18 })
  } catch {
    throw new AppError('misconfigured', { message: `cannot read ${where}` })
  }
}

async function* unpack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const rest = chunks[Symbol.asyncIterator]()
  let head = new Uint8Array()
  while (head.length < 2) {
    const { value, done } = await rest.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  const whole = (async function* () {
    yield head
    yield* { [Symbol.asyncIterator]: () => rest }
  })()
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* whole

  const gunzip = createGunzip()
  pipeline(Readable.from(whole), gunzip, () => {
    // Whatever it was, whoever reads `gunzip` is told.
  })
  try {
    yield* gunzip
  } catch (error) {
    if (error instanceof AppError) throw error
    refuse('its compression is broken')
  }
}
