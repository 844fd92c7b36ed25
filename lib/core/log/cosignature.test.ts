import { ed25519 } from '@noble/curves/ed25519'
import { expect, it } from 'vitest'
import { openCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint'
import { cosign, findCosignatures } from './cosignature'
import { formatNote, formatSignatureLine, parseNote, parseSignatureLines } from './signed-note'
import { parseVerifierKey, type VerifierKey } from './verifier-key'

// A checkpoint of a log of Certificate Transparency and of the public witness network, May 2026. The log's first
// signature is of a type that is not read here.
const origin = 'arche2025h1.staging.ct.transparency.dev'
const published = `${origin}
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— ${origin} zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— ${origin} ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`
const witnesses = [
  'transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM',
  'witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO',
  'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
  'witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv',
].map(parseVerifierKey)
const logKey = parseVerifierKey(`${origin}+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f`)

it('opens a checkpoint that another log signed', () => {
  const checkpoint = openCheckpoint(published, origin, logKey.publicKey)
  expect(checkpoint).toMatchObject({ origin, size: 1432088532 })
})

it('finds the four witnesses who co-signed it', () => {
  const found = findCosignatures(parseNote(published), witnesses)
  expect(found).toEqual(witnesses.map(({ name }) => ({ name, timestamp: 1779573024 })))
})

it('finds none on another size, under another time, or of a log’s own type', () => {
  expect(findCosignatures(parseNote(published.replace('1432088532', '1432088533')), witnesses)).toEqual([])
  expect(findCosignatures(parseNote(published.replaceAll('AAAABqEiEg', 'AAAABqEiEh')), witnesses)).toEqual([])
  expect(findCosignatures(parseNote(published), [logKey])).toEqual([])
})

const note = signCheckpoint({ origin: 'log', size: 4, root: new Uint8Array(32) }, new Uint8Array(32).fill(7))
const privateKey = new Uint8Array(32).fill(8)
const keyOf = (name: string): VerifierKey => ({
  name,
  type: 'cosignature',
  publicKey: ed25519.getPublicKey(privateKey),
})

it('counts a key once, whatever names it signs under', () => {
  const { text, signatures } = parseNote(note)
  const both = ['w1', 'w2'].map((name) => cosign(text, { name, privateKey, timestamp: 1_700_000_000 }))
  const signed = { text, signatures: [...signatures, ...both, ...both] }
  expect(findCosignatures(signed, [keyOf('w1'), keyOf('w2')])).toHaveLength(1)
  expect(findCosignatures(signed, [keyOf('w3')])).toEqual([])
})

it('adds what a witness answers to a note', () => {
  const { text, signatures } = parseNote(note)
  const answer = formatSignatureLine(cosign(text, { name: 'w1', privateKey, timestamp: 5 }))
  const joined = formatNote({ text, signatures: [...signatures, ...parseSignatureLines(answer)] })
  expect(joined).toBe(note + answer)
  expect(findCosignatures(parseNote(joined), [keyOf('w1')])).toEqual([{ name: 'w1', timestamp: 5 }])
  expect(() => parseSignatureLines('')).toThrow('malformed note')
  expect(() => parseSignatureLines('sorry\n')).toThrow('malformed note')
})

it('reads a checkpoint with lines behind the third, and no other text', () => {
  const [text = ''] = published.split('\n\n')
  expect(parseCheckpointText(`${text}\nextension\n`).size).toBe(1432088532)
  for (const bad of [
    text,
    `${text}\n\n`,
    `${text}\n\nx\n`,
    text.replace('1432088532', '01'),
    'go.sum\n1\nAAAA\n',
  ]) {
    expect(() => parseCheckpointText(bad), bad).toThrow('malformed checkpoint')
  }
})
