import { createHash } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { rootFromTiles } from '../../core/log/proofs-from-tiles'
import { publishTiles } from '../../core/log/publish-tiles.suite'
import { tilesOf } from '../../core/log/tiles-of'
import { rootOfLeaves } from '../../core/log/tree'
import { createTestDatabase } from '../../testing/database'
import { createDatabase } from '../client'
import { applyMigrations } from '../migrate'
import { findTile } from './find-tile'

const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
const older = ['20260101000000_init', '20260201000000_module_settlement']
const record = '20260301000000_record'

test('a log that is older than its inner nodes gets the same tiles that it would have grown', async () => {
  const { url, drop } = await createTestDatabase()
  const db = createDatabase({ url, statementTimeoutMs: 60_000 })
  const directory = await mkdtemp(path.join(os.tmpdir(), 'comitia-migrations-'))
  const take = (name: string) =>
    cp(path.join(migrations, name), path.join(directory, name), { recursive: true })
  for (const name of older) await take(name)
  await db.query('drop schema public cascade')
  await db.query('create schema public')
  await applyMigrations(url, directory)

  const size = 66_000
  await db.query(
    `insert into messages (log_index, id, kind, space, author, timestamp, accepted_at, envelope, envelope_hash, cid,
       leaf_hash, verification)
     select i, '0x' || lpad(i::text, 64, '0'), case i when 1 then 'proposal' when 2 then 'vote' else 'settings' end,
       'space', 'author', 0, now(), '{"data":{"message":{"proposal":"0xAB"}}}', sha256(i::text::bytea), 'cid',
       sha256(i::text::bytea), '{}' from generate_series(0, $1::int - 1) as i`,
    [size],
  )
  await db.query('update log_state set size = $1', [size])
  await take(record)
  expect(await applyMigrations(url, directory)).toEqual([record])

  const leaves = Array.from({ length: size }, (_, i) => createHash('sha256').update(String(i)).digest())
  const grown = publishTiles(leaves)
  for (const tile of tilesOf(size)) {
    if (tile.level > 0)
      expect(Buffer.from((await findTile(db, tile)) ?? [])).toEqual(Buffer.from(await grown.read(tile)))
  }
  const read = async (tile: Parameters<typeof grown.read>[0]) =>
    (await findTile(db, tile)) ?? new Uint8Array()
  expect(Buffer.from(await rootFromTiles({ size, read }))).toEqual(Buffer.from(rootOfLeaves(leaves)))
  expect((await db.query('select from log_nodes')).rowCount).toBe(257 + 1)

  const about = await db.query('select proposal from messages where log_index < 3 order by log_index')
  expect(about.rows.map(({ proposal }) => proposal)).toEqual([null, `0x${'0'.repeat(63)}1`, '0xab'])
  await expect(db.query('delete from log_nodes')).rejects.toThrow('append-only')

  await db.close()
  await drop()
  await rm(directory, { recursive: true })
}, 30_000)
