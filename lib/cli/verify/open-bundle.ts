import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError, refuse } from '../../core/errors'
import type { Fetcher } from './fetcher'

/** Thirty million ballots: more is no bundle but an attack. */
const MAX_BYTES = 16 * 2 ** 30

/**
 * A bundle's bytes as they come, from a file, standard input (`-`) or a URL; unpacked if they are gzip, as files and some
 * servers have them.
 *
 * Throws AppError `invalid` where what is there cannot be read to its end, `misconfigured` where nothing is there.
 */
export async function* openBundle(where: string, fetcher: Fetcher): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of unpack(await openSource(where, fetcher))) {
    size += chunk.length
    if (size > MAX_BYTES) refuse('it has no end')
    yield chunk
  }
}

async function openSource(where: string, fetcher: Fetcher): Promise<AsyncIterable<Uint8Array>> {
  if (where === '-') return process.stdin
  if (/^https?:\/\//i.test(where)) {
    return (await fetcher.stream(where)) ?? refuse(`there is nothing at ${where}`)
  }
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
