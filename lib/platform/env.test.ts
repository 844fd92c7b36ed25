import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeVerifierKey, parseVerifierKey } from '../core/log/verifier-key'
import { readEnv } from './env'

const key = `0x${'ab'.repeat(32)}`
const base = { DATABASE_URL: 'postgresql://db/comitia', NODE_ENV: 'test' } as NodeJS.ProcessEnv
const production = {
  ...base,
  NODE_ENV: 'production',
  COMITIA_RECEIPT_KEY: key,
  COMITIA_LOG_KEY: key,
  COMITIA_KEEPER_KEY: key,
} as NodeJS.ProcessEnv

const problems = (role: 'serve' | 'worker', source: Record<string, string>) => {
  try {
    readEnv(role, source as unknown as NodeJS.ProcessEnv)
  } catch (error) {
    return (error as Error).message.split('\n')
  }
  return []
}

describe('readEnv', () => {
  test('has a default for everything that can have one', () => {
    const env = readEnv('serve', base)
    expect(env).toMatchObject({
      port: 3000,
      demo: false,
      production: false,
      spaceCreation: 'open',
      rateLimit: 0,
    })
    expect(env.publicUrl).toBe('http://localhost:3000')
  })

  test('an empty variable counts as unset', () => {
    expect(readEnv('serve', { ...base, PORT: '' }).port).toBe(3000)
    expect(problems('serve', { NODE_ENV: 'test', DATABASE_URL: '' })).toEqual(['DATABASE_URL is not set'])
  })

  test('names every problem at once, one line each, and no secret', () => {
    const found = problems('serve', {
      NODE_ENV: 'test',
      DATABASE_URL: 'mysql://db',
      PORT: 'http',
      RPC_URL_mainnet: 'https://rpc.example',
      RPC_URL_10: 'ftp://rpc.example',
      COMITIA_RECEIPT_KEY: '0xsecretsecret',
      COMITIA_SPACE_CREATION: 'alice',
    })
    expect(found).toMatchInlineSnapshot(`
      [
        "RPC_URL_mainnet: the part after RPC_URL_ must be a chain id",
        "RPC_URL_10: must be a URL starting with http:// or https://",
        "PORT must be a whole number from 1 to 65535",
        "DATABASE_URL must be a URL starting with postgres:// or postgresql://",
        "COMITIA_SPACE_CREATION must be "open" or a list of addresses",
        "COMITIA_RECEIPT_KEY must be 0x and 64 hex digits",
      ]
    `)
    expect(found.join()).not.toContain('secretsecret')
  })

  test('RPC endpoints keep their order, by chain', () => {
    const env = readEnv('serve', {
      ...base,
      RPC_URL_1: 'https://a.example, https://b.example',
      RPC_URL_10: 'http://c',
    })
    expect(env.rpcUrls).toEqual({ 1: ['https://a.example', 'https://b.example'], 10: ['http://c'] })
  })

  test('witnesses are a key and a URL each; every mistake is named', () => {
    const key = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2'
    const renamed = encodeVerifierKey({ ...parseVerifierKey(key), name: 'another.example' })
    const log =
      'arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f'
    const read = (COMITIA_WITNESSES: string) => readEnv('worker', { ...base, COMITIA_WITNESSES }).witnesses
    expect(read(`\n${key}  https://w.example/prefix/,\n`)).toEqual([
      { name: 'remora.n621.de', key, url: 'https://w.example/prefix' },
    ])
    expect(read('')).toEqual([])
    const right = `${key} http://a`
    const wrong = [
      key,
      `${right} b`,
      `+${right}`,
      `${log} http://a`,
      `${key} ftp://a`,
      `${key} http://me:pw@a`,
    ]
    const COMITIA_WITNESSES = [...wrong, right, `${renamed} http://b`].join()
    expect(
      problems('serve', { ...base, COMITIA_WITNESSES } as Record<string, string>),
    ).toMatchInlineSnapshot(`
      [
        "COMITIA_WITNESSES: entry 1 must be a verifier key, a space and a URL",
        "COMITIA_WITNESSES: entry 2 must be a verifier key, a space and a URL",
        "COMITIA_WITNESSES: entry 3 does not begin with a verifier key",
        "COMITIA_WITNESSES: entry 4 begins with the key of a log, not of a witness",
        "COMITIA_WITNESSES: entry 5 must end with an http:// or https:// URL without user, query and #",
        "COMITIA_WITNESSES: entry 6 must end with an http:// or https:// URL without user, query and #",
        "COMITIA_WITNESSES: entry 8 has the key of another witness in the list",
      ]
    `)
  })

  test('addresses are taken in any case and kept checksummed', () => {
    const env = readEnv('serve', {
      ...base,
      COMITIA_SPACE_CREATION: '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
    })
    expect(env.spaceCreation).toEqual(['0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'])
  })

  test('production does not start without its keys; each role needs its own', () => {
    const bare = { DATABASE_URL: 'postgresql://db/comitia' }
    expect(problems('serve', bare).map((line) => line.split(' ')[0])).toEqual([
      'COMITIA_RECEIPT_KEY',
      'COMITIA_LOG_KEY',
    ])
    expect(problems('serve', production as Record<string, string>)).toEqual([])
    expect(problems('worker', bare)).toEqual([
      'COMITIA_KEEPER_KEY (or COMITIA_KEEPER_KEY_FILE) is not set; production does not start without it',
      'COMITIA_LOG_KEY (or COMITIA_LOG_KEY_FILE) is not set; production does not start without it',
    ])
    expect(readEnv('worker', production).keeperKey).toBe(key)
    // Whoever can make a space could spend the keeper's coins.
    expect(readEnv('worker', production).keeperSpaces).toEqual([])
    const spaces = (COMITIA_KEEPER_SPACES: string) =>
      readEnv('worker', { ...production, COMITIA_KEEPER_SPACES }).keeperSpaces
    expect(spaces('Demo, grants.eth')).toEqual(['demo', 'grants.eth'])
    expect(spaces('all')).toBe('all')
    expect(readEnv('worker', base).keeperSpaces).toBe('all')
    expect(readEnv('serve', { ...production, NODE_ENV: 'production' }).production).toBe(true)
    expect(readEnv('serve', { ...bare, COMITIA_DEMO: '1' } as unknown as NodeJS.ProcessEnv).production).toBe(
      false,
    )
  })

  test('a web process does not see the key that pays, however it is given', () => {
    expect(readEnv('serve', production).keeperKey).toBeUndefined()
    const COMITIA_KEEPER_KEY_FILE = '/nowhere/keeper.key'
    expect(readEnv('serve', { ...base, COMITIA_KEEPER_KEY_FILE }).keeperKey).toBeUndefined()
    expect(problems('worker', { ...base, COMITIA_KEEPER_KEY_FILE } as Record<string, string>)).toEqual([
      'COMITIA_KEEPER_KEY_FILE: cannot read /nowhere/keeper.key',
    ])
  })

  test('a key file must be readable by its owner alone', () => {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'comitia-env-')), 'receipt')
    writeFileSync(file, `${key}\n`, { mode: 0o600 })
    expect(readEnv('serve', { ...base, COMITIA_RECEIPT_KEY_FILE: file }).receiptKey).toBe(key)
    chmodSync(file, 0o644)
    expect(problems('serve', { ...base, COMITIA_RECEIPT_KEY_FILE: file } as Record<string, string>)).toEqual([
      `COMITIA_RECEIPT_KEY_FILE: ${file} can be read by others; run chmod 600 ${file}`,
    ])
    expect(
      problems('serve', { ...base, COMITIA_RECEIPT_KEY_FILE: `${file}.gone` } as Record<string, string>),
    ).toEqual([`COMITIA_RECEIPT_KEY_FILE: cannot read ${file}.gone`])
  })
})
