import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../testing/database'

test('the migrations make exactly the tables that the Prisma schema describes', async () => {
  const database = await createTestDatabase()
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const args = ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema', '--exit-code']
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, ...args], {
    // biome-ignore lint/style/noProcessEnv: a child's environment, not a setting of ours
    env: { ...process.env, DATABASE_URL: database.url },
    encoding: 'utf8',
  })
  await database.drop()
  expect({ status, difference: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, difference: '' })
})
