#!/usr/bin/env node
// `npm start`, and `npm run dev` with `--dev`: from a fresh clone to a running Comitia. Until the packages are
// installed only node's own modules are there; then the stack, which is TypeScript, runs in this same process.
import fs from 'node:fs'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { buildVerifier } from './build-verifier.mjs'
import { buildPages, generateClient, installPackages, requireNode } from './prepare.mjs'
import { PlainError, stopPrograms } from './run-program.mjs'

process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const dev = process.argv.includes('--dev')
const stopping = new AbortController()
watchForTheEnd()

try {
  requireNode()
  const port = readPort()
  await requireFreePort(port)
  await installPackages({ dev: false })
  await generateClient()
  if (dev) await buildVerifier()
  else await buildPages()
  const { register } = await import('tsx/esm/api')
  register()
  const { runStack } = await import('./stack.ts')
  await runStack({ dev, port, stopping: stopping.signal })
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(`\n${describe(error)}`)
    process.exitCode = 1
  }
}
// Whatever still has a timer or a socket has nothing to say any more.
process.exit()

function describe(error) {
  if (error instanceof PlainError || error?.name === 'AppError') return error.message
  if (['EACCES', 'EPERM'].includes(error?.code))
    return `${error.path} cannot be written: it belongs to another user. Remove it, or start as that user.`
  return error?.stack ?? error
}

function readPort() {
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new PlainError(`PORT must be a whole number from 1 to 65535, not "${process.env.PORT}".`)
  return port
}

/** What a killed run left lets go of the port within moments. */
async function requireFreePort(port) {
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await isFree(port)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new PlainError(
    `Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1} npm start`,
  )
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false))
    server.listen(port, process.env.HOST || '0.0.0.0', () => server.close(() => resolve(true)))
  })
}

/**
 * Ctrl-C, SIGTERM, a closed terminal, and the end of the npm that started us, which passes no signal on when it is
 * killed.
 */
function watchForTheEnd() {
  const end = () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    stopPrograms()
  }
  // A closed terminal takes no more lines; what runs is stopped all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
  if (!process.env.npm_lifecycle_event) return
  const npm = parents()
  setInterval(() => parents() !== npm && end(), 500).unref()
}

/** Between npm and us there may be a shell, which outlives npm: its parent counts too. */
function parents() {
  try {
    const stat = fs.readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    // The name before it, in parentheses, may contain spaces.
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}`
  } catch {
    return `${process.ppid}`
  }
}
