import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ed25519 } from '@noble/curves/ed25519'
import { sha256 } from '@noble/hashes/sha2'
import { utf8ToBytes } from '@noble/hashes/utils'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatAddCheckpoint } from '../../core/log/add-checkpoint'
import { checkpointText, signCheckpoint } from '../../core/log/checkpoint'
import { cosign, findCosignatures } from '../../core/log/cosignature'
import { formatNote, parseNote, parseSignatureLines, signNote } from '../../core/log/signed-note'
import { consistencyProof, isEqual, rootOfLeaves } from '../../core/log/tree'
import { parseVerifierKey } from '../../core/log/verifier-key'
import { createLogger } from '../../platform/logger'
import { type OpenWitness, openWitness } from './open-witness'
import { createWitness, type Witness } from './witness'

const origin = 'vote.example/log'
const logKey = new Uint8Array(32).fill(1)
const logs = [{ name: origin, type: 'ed25519', publicKey: ed25519.getPublicKey(logKey) } as const]
const now = 1_800_000_000

// Three histories of one log: the second leaves the first after 5 messages, the third after 9.
const length = 14
const forks = [length, 5, 9]
const histories = forks.map((fork, history) =>
  Array.from({ length }, (_, i) => sha256(utf8ToBytes(i < fork ? `${i}` : `${history} ${i}`))),
)
const leavesOf = (history: number, size: number) => histories[history]?.slice(0, size) ?? []
const notes = histories.map((_, history) =>
  Array.from({ length: length + 1 }, (_, size) =>
    signCheckpoint({ origin, size, root: rootOfLeaves(leavesOf(history, size)) }, logKey),
  ),
)
const note = (history: number, size: number) => notes[history]?.[size] ?? ''
const request = (history: number, size: number, oldSize: number, proof = prove(history, size, oldSize)) =>
  formatAddCheckpoint({ oldSize, proof, checkpoint: note(history, size) })
const prove = (history: number, size: number, oldSize: number) =>
  consistencyProof(leavesOf(history, size), Math.min(oldSize, size))

let dir: string
let opened: OpenWitness
let witness: Witness
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-witness-'))
  witness = start()
})
afterEach(() => fs.rmSync(dir, { recursive: true }))

/** The witness as it is after a start: all that it knows is in its files. */
function start(files = dir): Witness {
  opened = openWitness({ ...filesIn(files), name: 'witness.example' })
  return asWitness(opened)
}

const filesIn = (place: string) => ({
  keyFile: path.join(place, 'key'),
  stateDir: path.join(place, 'state'),
})

const asWitness = ({ key, memory }: Pick<OpenWitness, 'key' | 'memory'>) =>
  createWitness({
    ...{ key, logs, memory, clock: { now: () => now * 1000 } },
    log: createLogger({ level: 'silent', name: 'test' }),
  })

const cosignaturesOf = (checkpoint: string, lines: string) =>
  findCosignatures({ text: parseNote(checkpoint).text, signatures: parseSignatureLines(lines) }, [
    parseVerifierKey(opened.verifierKey),
  ])

test('co-signs a log as it grows, and the newest again', () => {
  for (const [size, oldSize] of [
    [0, 0],
    [3, 0],
    [3, 3],
    [11, 3],
  ] as const) {
    const { status, body } = witness.addCheckpoint(request(0, size, oldSize))
    expect(status).toBe(200)
    expect(cosignaturesOf(note(0, size), body)).toEqual([{ name: 'witness.example', timestamp: now }])
  }
})

test('answers what C2SP tlog-witness asks for', () => {
  witness.addCheckpoint(request(0, 6, 0))
  const answers = (body: string) => {
    const reply = witness.addCheckpoint(body)
    return [reply.status, reply.type, reply.body]
  }
  const conflict = [409, 'text/x.tlog.size', '6\n']
  expect(answers(request(0, 8, 3))).toEqual(conflict)
  expect(answers(request(0, 5, 0))).toEqual(conflict)
  expect(answers(request(0, 5, 6))[0]).toBe(400)
  expect(answers('old 6\n')[0]).toBe(400)
  expect(answers(request(0, 8, 6, []))[0]).toBe(422)
  expect(answers(request(1, 8, 6))[0]).toBe(422)
  expect(answers(request(0, 6, 6, prove(0, 8, 6)))[0]).toBe(422)
  const elsewhere = signCheckpoint({ origin: 'other.example', size: 8, root: new Uint8Array(32) }, logKey)
  expect(answers(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: elsewhere }))[0]).toBe(404)
  const text = checkpointText({ origin, size: 8, root: rootOfLeaves(leavesOf(0, 8)) })
  const byOthers = [
    signNote(text, origin, new Uint8Array(32).fill(2)),
    cosign(text, { name: origin, privateKey: logKey, timestamp: now }),
  ]
  for (const signature of byOthers) {
    const checkpoint = formatNote({ text, signatures: [signature] })
    expect(answers(formatAddCheckpoint({ oldSize: 6, proof: prove(0, 8, 6), checkpoint }))[0]).toBe(403)
  }
  expect(answers(request(0, 8, 6))[0]).toBe(200)
})

test('checks no more signatures than it must', () => {
  witness.addCheckpoint(request(0, 6, 0))
  const { text, signatures } = parseNote(note(0, 8))
  const twice = formatNote({ text, signatures: [...signatures, ...signatures] })
  const ask = (checkpoint: string, oldSize: number) =>
    witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof: prove(0, 8, oldSize), checkpoint }))
  expect(ask(twice, 6)).toMatchObject({ status: 403, body: 'signed twice with one key\n' })
  // Another size is answered unseen.
  const forged = formatNote({ text, signatures: [signNote(text, origin, new Uint8Array(32).fill(2))] })
  expect([ask(forged, 3).status, ask(forged, 6).status]).toEqual([409, 403])
  expect(ask(note(0, 8), 6).status).toBe(200)
})

test('two processes over one directory, whatever each has read, never co-sign two histories', () => {
  const one = witness
  const other = start()
  expect(one.addCheckpoint(request(0, 4, 0)).status).toBe(200)
  expect(other.addCheckpoint(request(0, 6, 0))).toMatchObject({ status: 409, body: '4\n' })
  const { key, memory } = opened
  one.addCheckpoint(request(0, 6, 4))
  // One that has read the size, and writes only when the other has gone a step on, or two and forgotten the first.
  const goesOn = (steps: readonly (readonly [size: number, oldSize: number])[]) =>
    asWitness({
      key,
      memory: {
        ...memory,
        keep(...step) {
          for (const [size, oldSize] of steps) {
            expect(one.addCheckpoint(request(0, size, oldSize)).status).toBe(200)
          }
          return memory.keep(...step)
        },
      },
    })
  expect(goesOn([[7, 6]]).addCheckpoint(request(2, 10, 6)).status).toBe(503)
  const twoSteps = [
    [9, 7],
    [11, 9],
  ] as const
  expect(goesOn(twoSteps).addCheckpoint(request(2, 10, 7)).status).toBe(503)
  expect(memory.find(origin)).toBe(note(0, 11))
  expect(start().addCheckpoint(request(0, 12, 11)).status).toBe(200)
})

test('keeps two histories of one size as the proof that they are', () => {
  witness.addCheckpoint(request(0, 8, 0))
  expect(witness.addCheckpoint(request(1, 8, 8))).toMatchObject({
    status: 409,
    type: /^text\/plain/ as never,
  })
  const [file = ''] = fs.readdirSync(path.join(dir, 'state')).filter((name) => name.endsWith('.fork'))
  expect(fs.readFileSync(path.join(dir, 'state', file), 'utf8')).toBe(`${note(0, 8)}\n${note(1, 8)}`)
})

test('never co-signs a log that does not continue what it co-signed before, whatever is asked and however it ends', () => {
  const rarely = fc.integer({ min: 0, max: 5 }).map((n) => n === 0)
  const question = fc.record({
    ...{ history: fc.nat(2), step: fc.integer({ min: -2, max: 5 }) },
    ...{ oldSize: fc.option(fc.nat(length), { nil: undefined, freq: 1 }) },
    ...{ proofOf: fc.option(fc.nat(2), { nil: undefined, freq: 1 }), bend: rarely },
    // When the process is killed, to start again: before or after the new state is written.
    death: fc.constantFrom('none', 'none', 'none', 'before', 'after'),
  })
  let asked = 0
  let cosigned = 0
  fc.assert(
    fc.property(fc.array(question, { minLength: 6, maxLength: 16 }), (questions) => {
      const place = fs.mkdtempSync(path.join(dir, 'run-'))
      let current = start(place)
      let last: { history: number; size: number; leaves: Uint8Array[] } | undefined
      let written = 0
      for (const { history, step, oldSize, proofOf, bend, death } of questions) {
        const size = Math.min(Math.max(written + step, 0), length)
        const old = Math.min(oldSize ?? written, size)
        const proof = prove(proofOf ?? history, size, old)
        if (bend) proof[0] = sha256(utf8ToBytes('bent'))
        if (death !== 'none') {
          const { key, memory } = opened
          const keep: typeof memory.keep = (...step) => {
            if (death === 'after') memory.keep(...step)
            throw new Error('killed')
          }
          current = asWitness({ key, memory: { ...memory, keep } })
        }
        asked += 1
        const reply = answerOf(current, request(history, size, old, proof))
        if (death !== 'none') current = start(place)
        const kept = opened.memory.find(origin)
        const keptSize = kept === undefined ? 0 : Number(kept.split('\n')[1])
        expect(keptSize).toBeGreaterThanOrEqual(written)
        written = keptSize
        if (reply?.status !== 200) continue
        cosigned += 1
        const leaves = leavesOf(history, size)
        expect(cosignaturesOf(note(history, size), reply.body)).toHaveLength(1)
        expect(keptSize).toBe(size)
        if (last) {
          expect(size).toBeGreaterThanOrEqual(last.size)
          expect(isEqual(rootOfLeaves(leaves.slice(0, last.size)), rootOfLeaves(last.leaves))).toBe(true)
        }
        last = { history, size, leaves }
      }
    }),
    { numRuns: 30 },
  )
  // The law is not kept by refusing everything.
  expect(cosigned).toBeGreaterThan(asked / 10)
})

function answerOf(current: Witness, body: string) {
  try {
    return current.addCheckpoint(body)
  } catch {
    return undefined
  }
}

test('is not made to forget: a key without what it has co-signed, or with that of another, does not start', () => {
  witness.addCheckpoint(request(0, 8, 0))
  expect(fs.statSync(path.join(dir, 'key')).mode & 0o777).toBe(0o600)
  const { verifierKey } = opened
  start()
  expect(opened.verifierKey).toBe(verifierKey)
  const { keyFile, stateDir } = filesIn(dir)
  const other = filesIn(path.join(dir, 'other'))
  const open = (files: typeof other) => openWitness({ ...files, name: 'other.example' })
  open(other)
  expect(() => open({ keyFile, stateDir: path.join(dir, 'lost') })).toThrow('is not what the witness')
  expect(() => open({ keyFile, stateDir: other.stateDir })).toThrow('is not what the witness')
  expect(() => open({ keyFile: path.join(dir, 'new'), stateDir })).toThrow(`belongs to ${verifierKey}`)
  // Unreadable is not empty.
  const [file = ''] = fs.readdirSync(stateDir).filter((name) => name.endsWith('.checkpoint'))
  fs.rmSync(path.join(stateDir, file))
  fs.mkdirSync(path.join(stateDir, file))
  expect(answerOf(start(), request(1, 8, 0))).toBeUndefined()
  fs.chmodSync(keyFile, 0o644)
  expect(() => open({ keyFile, stateDir })).toThrow('chmod 600')
})
