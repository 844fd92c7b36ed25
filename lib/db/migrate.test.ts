import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database'
import { applyMigrations } from './migrate'

let database: TestDatabase
let directory: string

beforeEach(async () => {
  database = await createTestDatabase()
  directory = await mkdtemp(path.join(os.tmpdir(), 'comitia-migrations-'))
  await query('drop schema public cascade; create schema public')
})

afterEach(async () => {
  await database.drop()
  await rm(directory, { recursive: true })
})

describe('applyMigrations', () => {
  test('applies in the order of names, once', async () => {
    await write('2_second', 'insert into fruit values (1)')
    await write('1_first', 'create table fruit (id int)')

    expect(await applyMigrations(database.url, directory)).toEqual(['1_first', '2_second'])
    expect(await applyMigrations(database.url, directory)).toEqual([])
    expect(await query('select id from fruit')).toEqual([{ id: 1 }])

    await write('3_third', 'insert into fruit values (3)')
    expect(await applyMigrations(database.url, directory)).toEqual(['3_third'])
  })

  test('applies once when many processes start together', async () => {
    await write('1_first', 'create table fruit (id int); select pg_sleep(0.2)')
    await write('2_second', 'insert into fruit values (1)')

    const applied = await Promise.all(
      Array.from({ length: 6 }, () => applyMigrations(database.url, directory)),
    )

    expect(applied.flat()).toEqual(['1_first', '2_second'])
    expect(await query('select count(*)::int from fruit')).toEqual([{ count: 1 }])
  })

  test('leaves nothing of a migration that fails, and goes on from there when it is mended', async () => {
    await write('1_first', 'create table fruit (id int)')
    await write('2_second', 'insert into fruit values (1); insert into vegetables values (1)')

    await expect(applyMigrations(database.url, directory)).rejects.toThrow('"vegetables" does not exist')
    expect(await query('select id from fruit')).toEqual([])

    await write('2_second', 'insert into fruit values (1)')
    expect(await applyMigrations(database.url, directory)).toEqual(['2_second'])
  })

  test('refuses a migration that was changed after it was applied', async () => {
    await write('1_first', 'create table fruit (id int)')
    await applyMigrations(database.url, directory)
    await write('1_first', 'create table fruit (id bigint)')

    await expect(applyMigrations(database.url, directory)).rejects.toMatchObject({
      code: 'misconfigured',
      message: 'Migration 1_first was changed after it was applied to this database.',
    })
  })

  test('refuses to go on where Prisma left a migration half-applied', async () => {
    await write('1_first', 'create table fruit (id int)')
    await applyMigrations(database.url, directory)
    await query('update _prisma_migrations set finished_at = null')

    await expect(applyMigrations(database.url, directory)).rejects.toMatchObject({ code: 'misconfigured' })
  })

  test('says so when Postgres cannot be reached', async () => {
    await expect(applyMigrations('postgresql://postgres@127.0.0.1:1/none', directory)).rejects.toMatchObject({
      code: 'database_unavailable',
    })
  })
})

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(directory, name), { recursive: true })
  await writeFile(path.join(directory, name, 'migration.sql'), sql)
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
