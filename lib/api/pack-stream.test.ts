import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packStream } from './pack-stream'
import { streamText } from './stream-text'

/** Pieces of text, and what became of them. */
function pieces(count: number) {
  const seen = { made: 0, isOver: false, errors: [] as unknown[] }
  async function* make() {
    try {
      for (; seen.made < count; seen.made += 1) yield randomBytes(40_000).toString('base64')
    } finally {
      seen.isOver = true
    }
  }
  return { seen, body: streamText(make(), (error) => seen.errors.push(error)) }
}

test('what is packed is what was made', async () => {
  const { body } = pieces(30)
  const [plain, other] = body.tee()
  const packed = await new Response(packStream(other)).arrayBuffer()
  expect(gunzipSync(packed).toString()).toBe(await new Response(plain).text())
})

test.each(['packed', 'plain'])('%s, no more is made than somebody reads', async (form) => {
  const { seen, body } = pieces(100_000)
  const reader = (form === 'packed' ? packStream(body) : body).getReader()
  await reader.read()
  let made: number
  do {
    made = seen.made
    await sleep(100)
  } while (seen.made > made && made < 30)
  expect(made).toBeLessThan(30)
  await reader.cancel()
  await sleep(20)
  expect(seen).toMatchObject({ isOver: true, errors: [] })
})
