import path from 'node:path'
import { applyMigrations } from '../db/migrate'
import { migrateJobs } from '../jobs/migrate-jobs'
import { readEnv } from '../platform/env'
import { createContext } from '../services/create-context'
import type { DemoContracts } from './demo-contracts'
import { claimDatabase, keepDatabase } from './demo-mode'
import { seedDemo } from './seed-demo'
import { writeDemoFile } from './write-demo-file'

/**
 * Fills the demo's database, before any server uses it. `env` is the server's. Answers with what writes
 * `demo.json` into the data directory: for when the server is up.
 */
export async function fillDemo(
  env: NodeJS.ProcessEnv,
  contracts: DemoContracts,
): Promise<{ writeFile(): Promise<void> }> {
  const settings = readEnv('serve', { ...env, COMITIA_LOG_LEVEL: 'silent' })
  const { databaseUrl, dataDir, port } = settings
  await claimDatabase(databaseUrl)
  await applyMigrations(databaseUrl)
  const ctx = createContext(settings, 'serve')
  await migrateJobs(ctx)
  const proposals = await seedDemo(ctx, contracts)
  await keepDatabase(databaseUrl)
  return {
    async writeFile() {
      const url = `http://localhost:${port}`
      const rpcUrl = settings.rpcUrls[31_337]?.[0] ?? ''
      await writeDemoFile(ctx, path.join(dataDir, 'demo.json'), { url, rpcUrl, contracts, proposals })
      await ctx.close()
    },
  }
}
