import path from 'node:path'
import { startPostgres } from './embedded-postgres'
import { keepRunning, type Part } from './keep-running'

/** An embedded Postgres that is kept running, and its URL, which stays. */
export async function startLocalDatabase(options: {
  readonly dataDir: string
  readonly database: string
  readonly report: (line: string) => void
}): Promise<Part & { readonly url: string }> {
  let url = ''
  const part = await keepRunning(
    'Postgres',
    async () => {
      const port = url ? { port: Number(new URL(url).port) } : {}
      const dir = path.join(options.dataDir, 'postgres')
      const postgres = await startPostgres({ dir, database: options.database, ...port })
      url = postgres.url
      return postgres
    },
    options.report,
  )
  return { ...part, url }
}
