import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { withRunFile, writeRunFile } from './run-file'

/** Next’s types want NODE_ENV in every environment. */
const known = (env: Readonly<Record<string, string>>) => withRunFile(env as NodeJS.ProcessEnv)

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia run '))
afterAll(() => fs.rmSync(dataDir, { recursive: true }))

test('a command beside a running stack knows its database and chain; a key is not written down', () => {
  const running = {
    DATABASE_URL: 'postgresql://comitia:a#b@127.0.0.1:5433/comitia_demo?sslmode=disable',
    RPC_URL_31337: 'http://127.0.0.1:8545',
    COMITIA_DEMO: '1',
    COMITIA_DATA_DIR: dataDir,
    COMITIA_KEEPER_KEY: '0x01',
  }
  const remove = writeRunFile(dataDir, running as unknown as NodeJS.ProcessEnv)
  const { COMITIA_KEEPER_KEY: _, ...told } = running
  expect(known({ COMITIA_DATA_DIR: dataDir, PATH: '/bin' })).toEqual({ ...told, PATH: '/bin' })
  expect(fs.statSync(path.join(dataDir, 'run.env')).mode & 0o777).toBe(0o600)

  const own = { COMITIA_DATA_DIR: dataDir, DATABASE_URL: 'postgresql://other' }
  expect(known(own)).toEqual(own)
  const production = { COMITIA_DATA_DIR: dataDir, NODE_ENV: 'production' }
  expect(known(production)).toEqual(production)
  expect(known({ COMITIA_DATA_DIR: dataDir, PORT: '4000' })).toMatchObject({ PORT: '4000' })

  remove()
  expect(known({ COMITIA_DATA_DIR: dataDir })).toEqual({ COMITIA_DATA_DIR: dataDir })
})
