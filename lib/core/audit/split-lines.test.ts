import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitLines } from './split-lines'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect(bytes: Uint8Array, size: number): Promise<string[]> {
  const lines: string[] = []
  for await (const line of splitLines(pieces(bytes, size))) lines.push(line)
  return lines
}

const utf8 = new TextEncoder()

it('gives lines back however they are cut into pieces', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
      expect(await collect(utf8.encode(lines.map((text) => `${text}\n`).join('')), size)).toEqual(lines)
    }),
  )
})

it.each([
  ['breaks off', utf8.encode('{"a":1}\n{"b"'), 'breaks off within a line'],
  ['has no end of line', new Uint8Array(1_000_001).fill(65), 'a line is too long'],
  ['is no UTF-8', Uint8Array.of(65, 255, 10), 'no text in UTF-8'],
])('refuses a file that %s', async (_, bytes, why) => {
  await expect(collect(bytes, 4096)).rejects.toThrow(why)
})
