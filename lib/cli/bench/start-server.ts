import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createApiClient } from '../../client/api'
import { findFreePort } from '../../dev/free-port'

/** A `comitia serve --api-only` of its own, answering. */
export async function startServer(
  dir: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ url: string; api: ApiClient; stop(): Promise<unknown> }> {
  const url = `http://127.0.0.1:${await findFreePort()}`
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL('../comitia.mjs', import.meta.url)), 'serve', '--api-only'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        HOST: '127.0.0.1',
        PORT: new URL(url).port,
        COMITIA_DATA_DIR: dir,
        COMITIA_LOG_LEVEL: 'warn',
        ...variables,
      },
    },
  )
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = () => {
    server.kill('SIGTERM')
    return ended
  }
  const api = createApiClient(url)
  try {
    await untilHealthy(api)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, api, stop }
}

async function untilHealthy(api: ApiClient): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await api.health()
      return
    } catch (error) {
      if (tries > 150) throw error
      await sleep(200)
    }
  }
}
