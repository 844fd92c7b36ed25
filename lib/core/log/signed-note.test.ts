import { expect, it } from 'vitest'
import { fromBase64 } from './base64'
import { formatNote, isSignedBy, parseNote, signNote } from './signed-note'
import { encodeVerifierKey, parseVerifierKey } from './verifier-key'

// Keys, text and signatures of golang.org/x/mod/sumdb/note, note_test.go.
const peter = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
const enoch = parseVerifierKey('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop')
const seed = fromBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz')?.subarray(1) ?? new Uint8Array()
const text = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.
`
const byPeter =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const byEnoch =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const note = `${text}\n${byPeter}${byEnoch}`

it('signs what Go signs', () => {
  expect(formatNote({ text, signatures: [signNote(text, 'PeterNeumann', seed)] })).toBe(`${text}\n${byPeter}`)
})

it('opens what Go signed, by either key', () => {
  const parsed = parseNote(note)
  expect(parsed.text).toBe(text)
  expect([peter, enoch].map((key) => isSignedBy(parsed, key))).toEqual([true, true])
  expect(formatNote(parsed)).toBe(note)
  expect(isSignedBy(parseNote(`${text}\n${byEnoch}`), peter)).toBe(false)
})

it('keeps empty lines in the text', () => {
  const long = `${text}\nSigned:\n`
  const signatures = [signNote(long, 'PeterNeumann', seed)]
  const parsed = parseNote(formatNote({ text: long, signatures }))
  expect(parsed.text).toBe(long)
  expect(isSignedBy(parsed, peter)).toBe(true)
})

it('does not take a known key’s bad signature beside a good one', () => {
  const spoilt = byPeter.replace('x08go/ZJ', 'x08go/ZK')
  expect(isSignedBy(parseNote(`${text}\n${spoilt}`), peter)).toBe(false)
  expect(isSignedBy(parseNote(`${text}\n${byPeter}${spoilt}`), peter)).toBe(false)
  expect(isSignedBy(parseNote(`${text.replace('answer', 'question')}\n${byPeter}`), peter)).toBe(false)
})

it.each([
  ['no signatures', text],
  ['no signature line', `${text}\n`],
  ['no newline at the end', note.slice(0, -1)],
  ['a control character', `\x01${note}`],
  ['half a character', `\ud800${note}`],
  ['a name with a space', `${text}\n— Bad Name x08go/ZJkuBS\n`],
  ['a name with +', `${text}\n— Bad+Name x08go/ZJkuBS\n`],
  ['another line behind', `${note}Unexpected line.\n`],
  ['bad base64', `${text}\n${byPeter.replace('x08g', 'x0!g')}`],
  ['101 signatures', `${text}\n${byPeter.repeat(101)}`],
  ['nothing', ''],
])('refuses a note with %s', (_, bad) => {
  expect(() => parseNote(bad)).toThrow('malformed note')
})

// The first of sumdb/note, the others of transparency-dev/formats, note_cosigv1_test.go.
it.each([
  'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  'TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6',
  'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
])('reads and writes the key %s', (key) => {
  expect(encodeVerifierKey(parseVerifierKey(key))).toBe(key)
})

it.each([
  'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
  'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  'Peter+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  'bananas.sigstore.dev+12344556',
  '',
])('refuses the key %s', (key) => {
  expect(() => parseVerifierKey(key)).toThrow('not a verifier key')
})

it('refuses a key under which one signature fits every text', () => {
  const publicKey = new Uint8Array(32)
  publicKey[0] = 1
  const key = encodeVerifierKey({ name: 'log.example', type: 'ed25519', publicKey })
  expect(() => parseVerifierKey(key)).toThrow('not a verifier key')
})
