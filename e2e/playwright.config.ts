import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'playwright/test'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const port = Number(process.env.COMITIA_E2E_PORT ?? 3199)
const dataDir = process.env.COMITIA_E2E_DATA_DIR ?? path.join(root, '.data', 'e2e')
const longJourneys = /-payment[.]spec[.]ts$/
const chromium = [process.env.COMITIA_CHROMIUM, '/usr/bin/chromium'].find((file) => file && existsSync(file))

// The fixtures read these; every worker process inherits them.
process.env.COMITIA_E2E_URL = `http://localhost:${port}`
process.env.COMITIA_E2E_DATA_DIR = dataDir

/**
 * Journeys through the whole product: the server, worker, Postgres and chain that `npm start` runs, in a data folder
 * of their own, and a real Chromium. Votes last as long as they say: nobody turns the clock.
 */
export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  fullyParallel: true,
  workers: 4,
  // The votes of two minutes come first, and others run beside them to the end: no more of those than a small machine has
  // cores, since a vote does not wait for a slow browser.
  projects: [
    { name: 'long', testMatch: longJourneys, workers: 2 },
    { name: 'short', testIgnore: longJourneys, workers: 2 },
  ],
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 900 },
    // Without its pictures, which cost a fifth of the browser's work; the last one is kept.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node lib/dev/start.mjs',
    cwd: root,
    url: `http://localhost:${port}/api/health`,
    wait: { stdout: /Comitia is ready/ },
    env: { PORT: String(port), COMITIA_DATA_DIR: dataDir },
    reuseExistingServer: !process.env.CI,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
    stderr: 'pipe',
  },
})
