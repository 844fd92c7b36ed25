import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ed25519 } from '@noble/curves/ed25519'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatAddCheckpoint } from '../core/log/add-checkpoint'
import { formatVerifierKey, signCheckpoint } from '../core/log/checkpoint'
import { findCosignatures } from '../core/log/cosignature'
import { parseNote, parseSignatureLines } from '../core/log/signed-note'
import { parseVerifierKey } from '../core/log/verifier-key'
import { findFreePort } from '../dev/free-port'

const origin = 'vote.example/log'
const logKey = new Uint8Array(32).fill(3)
const note = (size: number, byte: number) =>
  signCheckpoint({ origin, size, root: new Uint8Array(32).fill(byte) }, logKey)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-witness-cli-'))
const children = new Set<ChildProcess>()
let port: number
beforeAll(async () => {
  port = await findFreePort()
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  fs.rmSync(dir, { recursive: true })
})

/** Runs the command until it listens, or ends. Answers what it wrote. */
function run(...more: string[]): Promise<{ child: ChildProcess; said: string; ended: boolean }> {
  const log = formatVerifierKey(origin, ed25519.getPublicKey(logKey))
  const files = ['--key-file', path.join(dir, 'key'), '--state', path.join(dir, 'state')]
  const args = ['witness', '--log', log, ...files, '--host', '127.0.0.1', '--port', `${port}`, ...more]
  const child = spawn(process.execPath, ['lib/cli/comitia.mjs', ...args], { stdio: 'pipe' })
  children.add(child)
  return new Promise((resolve) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk
      if (said.includes('COMITIA_WITNESSES=')) resolve({ child, said, ended: false })
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('close', () => resolve({ child, said, ended: true }))
  })
}

const ask = async (checkpoint: string, oldSize: number) => {
  const body = formatAddCheckpoint({ oldSize, proof: [], checkpoint })
  const response = await fetch(`http://127.0.0.1:${port}/add-checkpoint`, { method: 'POST', body })
  return { status: response.status, text: await response.text() }
}

test('a witness makes its key, co-signs, and knows after a kill what it has co-signed', async () => {
  const first = await run('--name', 'witness.example')
  const [key = ''] = first.said.split('\n')
  expect(fs.statSync(path.join(dir, 'key')).mode & 0o777).toBe(0o600)
  const { status, text } = await ask(note(7, 1), 0)
  expect(status).toBe(200)
  const signed = { text: parseNote(note(7, 1)).text, signatures: parseSignatureLines(text) }
  expect(findCosignatures(signed, [parseVerifierKey(key)])).toHaveLength(1)
  const home = await fetch(`http://127.0.0.1:${port}/`)
  expect(await home.text()).toBe(`${key}\nco-signs ${origin}\n`)
  const huge = { method: 'POST', body: 'x'.repeat(200_000) }
  expect((await fetch(`http://127.0.0.1:${port}/add-checkpoint`, huge)).status).toBe(413)
  expect((await fetch(`http://127.0.0.1:${port}/add-checkpoint`)).status).toBe(405)

  // Two of them could be made to co-sign two histories.
  const second = await run('--port', '0')
  expect(second).toMatchObject({ ended: true, said: expect.stringContaining('already runs on') })

  first.child.kill('SIGKILL')
  await new Promise((resolve) => first.child.once('exit', resolve))
  const again = await run()
  expect(again.said.split('\n')[0]).toBe(key)
  expect(await ask(note(9, 2), 0)).toEqual({ status: 409, text: '7\n' })
  expect((await ask(note(7, 2), 7)).status).toBe(409)
  expect((await ask(note(7, 1), 7)).status).toBe(200)
  expect(fs.readdirSync(path.join(dir, 'state')).some((name) => name.endsWith('.fork'))).toBe(true)
}, 60_000)
