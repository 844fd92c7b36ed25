import { describe, expect, it } from 'vitest'
import { definitions } from './definitions'
import { canonicalEnvelope } from './envelope'
import { parseCanonicalEnvelope } from './parse-canonical-envelope'
import { resolveMessage } from './resolve-message'
import { signedTime } from './signed-time'
import vectors from './vectors/envelopes.json'

it.each(vectors)('reads back what was written: $name', ({ text, sha256, cid, kind }) => {
  const { address, sig, hash, data } = JSON.parse(text)
  const { resolved, ...rest } = parseCanonicalEnvelope(text)
  expect(rest).toEqual({ address, sig, sha256, cid })
  expect(resolved).toMatchObject({ kind, id: hash, message: data.message })
})

it('reads back what its definition signs no time of', () => {
  const { address, sig, data } = JSON.parse(vectors[0]?.text ?? '')
  const { types } = definitions.find(({ kind, fields }) => kind === 'alias' && fields.length === 2) ?? {}
  const message = { from: address, alias: address }
  const { id } = resolveMessage({
    address,
    sig,
    data: { ...data, types, message: { ...message, timestamp: 5 } },
  })
  const { text } = canonicalEnvelope({ address, sig, hash: id, data: { ...data, types, message } })
  const { resolved } = parseCanonicalEnvelope(text)
  expect(resolved).toMatchObject({ kind: 'alias', id, message, timestamp: 0 })
  expect(signedTime(resolved)).toBeUndefined()
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
