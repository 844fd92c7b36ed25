import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ed25519 } from '@noble/curves/ed25519'
import { hexToBytes } from 'viem'
import { expect, test } from 'vitest'
import { formatAddCheckpoint } from '../core/log/add-checkpoint'
import { signCheckpoint } from '../core/log/checkpoint'
import { readEnv } from '../platform/env'
import { createLogger } from '../platform/logger'
import { logOrigin } from '../services/log/log-origin'
import { readOrMakeKey } from '../services/read-or-make-key'
import { startDemoWitness } from './demo-witness'

test('the demo’s witness co-signs the log of its programs, under one key at every start', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-demo-witness-'))
  const env = { COMITIA_DEMO: '1', COMITIA_DATA_DIR: dir, DATABASE_URL: 'postgresql://none', PORT: '3210' }
  const start = () => startDemoWitness(env as unknown as NodeJS.ProcessEnv)
  const ask = async (entry: string, size: number, oldSize: number) => {
    const { witnesses, publicUrl } = readEnv('serve', { ...env, COMITIA_WITNESSES: entry } as never)
    const log = createLogger({ level: 'silent', name: 'test' })
    const origin = logOrigin(publicUrl)
    const key = hexToBytes(readOrMakeKey(dir, 'log', log))
    const checkpoint = signCheckpoint({ origin, size, root: ed25519.getPublicKey(key) }, key)
    const body = formatAddCheckpoint({ oldSize, proof: [], checkpoint })
    const response = await fetch(`${witnesses[0]?.url}/add-checkpoint`, { method: 'POST', body })
    return response.status
  }
  const first = await start()
  expect(first.entry).toContain('run-by-the-demo-itself+')
  expect(await ask(first.entry, 5, 0)).toBe(200)
  await first.stop()
  const second = await start()
  expect(second.entry.split(' ')[0]).toBe(first.entry.split(' ')[0])
  expect(await ask(second.entry, 4, 0)).toBe(409)
  await second.stop()
  fs.rmSync(dir, { recursive: true })
})
