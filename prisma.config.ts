import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// Prisma's own WASM engine, from npm, instead of a native one that it would download. See the file.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  new URL('lib/dev/schema-engine.mjs', import.meta.url),
)

/** For Prisma's command line only: the product itself applies `prisma/migrations` when it starts. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
