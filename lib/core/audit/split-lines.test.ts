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
  ['has no end of line', new Uint8Array(8_000_001).fill(65), 'a line is too long'],
  ['is no UTF-8', Uint8Array.of(65, 255, 10), 'no text in UTF-8'],
  ['ends within a character', Uint8Array.of(65, 10, 0xe2, 0x82), 'no text in UTF-8'],
])('refuses a file that %s', async (_, bytes, why) => {
  await expect(collect(bytes, 4096)).rejects.toThrow(why)
})

it('holds no more than a line and a piece, of one that never ends or comes as a whole', async () => {
  let sent = 0
  async function* endless() {
    for (;;) {
      sent += 65_536
      yield new Uint8Array(65_536).fill(65)
    }
  }
  await expect(splitLines(endless()).next()).rejects.toThrow('a line is too long')
  expect(sent).toBeLessThan(8_200_000)
  const file = new Uint8Array(2_000_000).fill(10)
  let lines = 0
  for await (const _ of splitLines(pieces(file, file.length))) lines += 1
  expect(lines).toBe(file.length)
})
