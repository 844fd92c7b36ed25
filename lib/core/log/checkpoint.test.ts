import { ed25519 } from '@noble/curves/ed25519'
import { expect, it } from 'vitest'
import { formatVerifierKey, openCheckpoint, signCheckpoint } from './checkpoint'

const privateKey = new Uint8Array(32).fill(7)
const publicKey = ed25519.getPublicKey(privateKey)
const origin = 'vote.example/log'
const checkpoint = { origin, size: 41, root: new Uint8Array(32).fill(9) }
const note = signCheckpoint(checkpoint, privateKey)

it('is a signed note in C2SP form', () => {
  const [name, size, root, blank, signature] = note.split('\n')
  expect([name, size, root, blank]).toEqual([
    origin,
    '41',
    Buffer.from(checkpoint.root).toString('base64'),
    '',
  ])
  expect(signature).toMatch(/^— vote\.example\/log [A-Za-z0-9+/]{90,91}={0,2}$/)
  expect(note.endsWith('\n')).toBe(true)
})

it('opens to what was signed', () => {
  expect(openCheckpoint(note, origin, publicKey)).toEqual(checkpoint)
  expect(openCheckpoint(signCheckpoint({ ...checkpoint, size: 0 }, privateKey), origin, publicKey).size).toBe(
    0,
  )
})

it('opens with signatures of witnesses before and after', () => {
  const [body = '', signature = ''] = note.split('\n\n')
  const witnessed = `${body}\n\n— witness.example AAAAAAAA\n${signature}— ${origin} AAAAAAAA\n`
  expect(openCheckpoint(witnessed, origin, publicKey)).toEqual(checkpoint)
})

it.each([
  ['another size', note.replace('\n41\n', '\n42\n')],
  ['another root', note.replace('CQkJ', 'CQkK')],
  ['another name', note.replaceAll(origin, 'else.example/log')],
  ['no signature', `${note.split('\n\n')[0]}\n\n`],
  ['an extra line', note.replace('\n\n', '\nextra\n\n')],
  ['nothing', ''],
])('refuses %s', (_, forged) => {
  expect(() => openCheckpoint(forged, origin, publicKey)).toThrow('not a checkpoint signed by the log')
})

it('refuses another log’s checkpoint under this log’s name, though one key signed both', () => {
  const other = signCheckpoint({ ...checkpoint, origin: 'else.example/log' }, privateKey)
  const bytesOf = (text: string) => Buffer.from(text.split(' ').at(-1) ?? '', 'base64')
  const line = Buffer.concat([bytesOf(note).subarray(0, 4), bytesOf(other).subarray(4)]).toString('base64')
  const forged = `${other.split('\n\n')[0]}\n\n— ${origin} ${line}\n`
  expect(() => openCheckpoint(forged, origin, publicKey)).toThrow('not a checkpoint signed by the log')
})

it('refuses another key', () => {
  const other = ed25519.getPublicKey(new Uint8Array(32).fill(8))
  expect(() => openCheckpoint(note, origin, other)).toThrow('not a checkpoint signed by the log')
})

it('names keys as Go’s sumdb/note does', () => {
  // The example key of golang.org/x/mod/sumdb/note.
  const key = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1)
  expect(formatVerifierKey('PeterNeumann', key)).toBe(
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  )
})
