import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database'
import { claimDatabase, isDemo, keepDatabase, requireLocalChain } from './demo-mode'

const RPC = { RPC_URL_1: 'https://rpc.example' }
const DATABASE = { DATABASE_URL: 'postgresql://db.example/comitia' }

test.each([
  [{}, true],
  [RPC, false],
  [DATABASE, false],
  [{ ...DATABASE, COMITIA_DEMO: '1' }, true],
  [{ COMITIA_DEMO: '0' }, false],
])('%o is the demo: %s', (environment, expected) => {
  expect(isDemo(environment as never)).toBe(expected)
})

test('the demo accepts its own chain alone', () => {
  requireLocalChain({ RPC_URL_31337: 'http://127.0.0.1:8545' } as never)
  expect(() => requireLocalChain(RPC as never)).toThrow('unset RPC_URL_1')
})

describe('claimDatabase', () => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await createTestDatabase()
  })
  afterEach(() => database.drop())

  test('leaves a database alone that holds something of somebody', async () => {
    await query('create table fruit as select 1 as id')
    await expect(claimDatabase(database.url)).rejects.toThrow('it holds something else')
    expect(await query('select id from fruit')).toEqual([{ id: 1 }])
  })

  test('empties what was begun, and keeps what was filled', async () => {
    await query('drop schema public cascade; create schema public')
    await claimDatabase(database.url)
    await query('create table fruit as select 1 as id')
    await claimDatabase(database.url)
    expect(await query(`select to_regclass('fruit') as fruit`)).toEqual([{ fruit: null }])

    await query('create table fruit as select 2 as id')
    await keepDatabase(database.url)
    await claimDatabase(database.url)
    expect(await query('select id from fruit')).toEqual([{ id: 2 }])
  })

  async function query(sql: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
})
