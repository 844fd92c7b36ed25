import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readEnv } from '../platform/env'
import { createContext } from './create-context'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'comitia-context-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = (variables: Record<string, string>, role: 'serve' | 'worker' = 'serve') =>
  createContext(
    readEnv(role, {
      NODE_ENV: 'development',
      DATABASE_URL: 'postgresql://127.0.0.1:1/none',
      COMITIA_DATA_DIR: dir,
      COMITIA_LOG_LEVEL: 'silent',
      ...variables,
    }),
    role,
  )

test('missing keys are made once, for their owner alone, and read again', () => {
  const first = { ...open({}).keys }
  expect(first.receiptKey).toMatch(/^0x[0-9a-f]{64}$/)
  expect(first.receiptKey).not.toBe(first.logKey)
  expect({ ...open({}).keys }).toEqual(first)
  const files = readdirSync(path.join(dir, 'keys'))
  expect(files.sort()).toEqual(['log.key', 'receipt.key'])
  for (const file of files) expect(statSync(path.join(dir, 'keys', file)).mode & 0o777).toBe(0o600)
})

test('a key that others can read is not used', () => {
  expect(open({}).keys.logKey).toBeDefined()
  chmodSync(path.join(dir, 'keys', 'log.key'), 0o644)
  expect(() => open({}).keys.logKey).toThrow('chmod 600')
})

test('production makes no keys: a worker has the keeper’s and the log’s alone', () => {
  const COMITIA_LOG_KEY = `0x${'22'.repeat(32)}`
  const given = { NODE_ENV: 'production', COMITIA_KEEPER_KEY: `0x${'33'.repeat(32)}`, COMITIA_LOG_KEY }
  const { keys, keeper } = open(given, 'worker')
  expect(keeper?.address).toBe('0x5CbDd86a2FA8Dc4bDdd8a8f69dBa48572EeC07FB')
  expect(keys.logKey).toBe(COMITIA_LOG_KEY)
  expect(() => keys.receiptKey).toThrow('no receipt key')
  expect(readdirSync(dir)).toEqual([])
})

test('a worker has a keeper of its own outside production, a web process never has one', () => {
  const { keeper } = open({}, 'worker')
  expect(open({}, 'worker').keeper?.address).toBe(keeper?.address)
  expect(statSync(path.join(dir, 'keys', 'keeper.key')).mode & 0o777).toBe(0o600)
  expect(open({}).keeper).toBeUndefined()
  expect(open({ COMITIA_KEEPER_KEY: `0x${'33'.repeat(32)}` }).keeper).toBeUndefined()
})

test('the demo reads no chain but its own', () => {
  expect(() =>
    open({ COMITIA_DEMO: '1', RPC_URL_1: 'http://localhost:1', RPC_URL_31337: 'http://localhost:2' }),
  ).toThrow('COMITIA_DEMO=1 works on chain 31337 only; unset RPC_URL_1')
})
