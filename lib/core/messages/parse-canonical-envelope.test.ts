import { describe, expect, it } from 'vitest'
import { parseCanonicalEnvelope } from './parse-canonical-envelope'
import vectors from './vectors/envelopes.json'

it.each(vectors)('reads back what was written: $name', ({ text, sha256, cid, kind }) => {
  const { address, sig, hash, data } = JSON.parse(text)
  const { resolved, ...rest } = parseCanonicalEnvelope(text)
  expect(rest).toEqual({ address, sig, sha256, cid })
  expect(resolved).toMatchObject({ kind, id: hash, message: data.message })
})

describe('takes no other text', () => {
  const text = vectors[0]?.text ?? ''
  const envelope = JSON.parse(text)
  const { sig, data } = envelope
  it.each([
    ['no JSON', 'x'],
    ['JSON that is no object', 'null'],
    ['white space', `${text}\n`],
    ['another order', JSON.stringify({ sig, ...envelope })],
    ['another hash', text.replace(envelope.hash, `0x${'00'.repeat(32)}`)],
    ['a signature in capitals', text.replace(sig, `0x${sig.slice(2).toUpperCase()}`)],
    [
      'a field that was not signed',
      JSON.stringify({ ...envelope, data: { ...data, message: { ...data.message, x: 1 } } }),
    ],
    ['a key beside the message', JSON.stringify({ ...envelope, note: '' })],
    ['other types', text.replace('"uint32"', '"uint31"')],
  ])('%s', (_, changed) => {
    expect(changed).not.toBe(text)
    expect(() => parseCanonicalEnvelope(changed)).toThrow()
  })
})
