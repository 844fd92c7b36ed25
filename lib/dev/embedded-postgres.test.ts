import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningPostgres, startPostgres } from './embedded-postgres'

let root: string
let postgres: RunningPostgres

beforeEach(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-postgres-'))
  fs.chmodSync(root, 0o755)
  postgres = await start()
  await query('create table fruit as select 1 as id')
})

afterEach(async () => {
  await postgres.stop()
  fs.rmSync(root, { recursive: true })
})

test('a stopped server comes back with its data', async () => {
  await postgres.stop()
  postgres = await start()
  expect(postgres.reused).toBe(false)
  expect(await query('select id from fruit')).toEqual([{ id: 1 }])
})

test('a killed server comes back with its data, although a session was busy', async () => {
  const busy = query('select count(*) from generate_series(1, 3000000)').catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 100))
  process.kill(pidOf(), 'SIGKILL')
  await postgres.ended
  postgres = await start()
  expect(postgres.reused).toBe(false)
  expect(await query('select id from fruit')).toEqual([{ id: 1 }])
  await busy
})

test('a server that still runs is taken over', async () => {
  const again = await start()
  expect(again).toMatchObject({ reused: true, url: postgres.url })
})

test('a process id that belongs to another program by now is not taken for the server', async () => {
  await postgres.stop()
  fs.writeFileSync(pidFile(), `${process.pid}\n${root}\n0\n5432\n`)
  postgres = await start()
  expect(postgres.reused).toBe(false)
  expect(await query('select id from fruit')).toEqual([{ id: 1 }])
})

function start(): Promise<RunningPostgres> {
  return startPostgres({ dir: path.join(root, 'pg'), database: 'test' })
}

function pidFile(): string {
  return path.join(root, 'pg/postmaster.pid')
}

function pidOf(): number {
  return Number(fs.readFileSync(pidFile(), 'utf8').split('\n')[0])
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}
