// What a clone needs before anything of it can run. Node's own modules only: nothing else may be there yet.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { buildVerifier } from './build-verifier.mjs'
import { PlainError, runProgram } from './run-program.mjs'
import { step } from './step.mjs'

/** Throws unless this node is at least what package.json asks for. */
export function requireNode() {
  const wanted = JSON.parse(fs.readFileSync('package.json', 'utf8')).engines.node
  const [major = 0, minor = 0] = /\d+\.\d+/.exec(wanted)?.[0].split('.').map(Number) ?? []
  const [ourMajor = 0, ourMinor = 0] = process.versions.node.split('.').map(Number)
  if (ourMajor < major || (ourMajor === major && ourMinor < minor))
    throw new PlainError(`Comitia needs Node ${major}.${minor} or newer; this is ${process.version}.`)
}

/**
 * `npm ci`, unless every package of package-lock.json is there in its version.
 *
 * @param {{ dev: boolean }} options whether those for development count
 */
export async function installPackages({ dev }) {
  if (packagesInstalled(dev)) return
  await step('Installing packages', async () => {
    // npm's own script when npm started us: on some machines `npm` is not on the PATH of scripts.
    const npm = process.env.npm_execpath
    const args = ['ci', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : [])]
    await runProgram(npm && /js$/.test(npm) ? npm : 'npm', args)
  })
}

function packagesInstalled(dev) {
  if (!fs.existsSync('node_modules/.package-lock.json')) return false
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  return Object.entries(wanted).every(([name, entry]) => {
    // Left out on the wrong platform, or by choice.
    if (name === '' || entry.optional || entry.devOptional || (entry.dev && !dev)) return true
    return installed[name]?.version === entry.version
  })
}

function readPackages(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8')).packages
}

/** `prisma generate`, unless the generated client is that of the present schema. */
export async function generateClient() {
  const stamp = hashFiles(['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  const file = 'lib/db/generated/.stamp'
  if (readIfThere(file) === stamp) return
  await step('Generating the database client', async () => {
    await runProgram('node_modules/prisma/build/index.js', ['generate'], {
      env: { PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    })
    fs.writeFileSync(file, stamp)
  })
}

/** The verifier that is handed out, and `next build`, unless the build is that of the present sources. */
export async function buildPages() {
  await buildVerifier()
  const stamp = hashFiles([
    ...['app', 'lib', 'public', 'prisma/schema', 'package-lock.json', 'tsconfig.json'],
    ...['next.config.ts', 'postcss.config.mjs', 'proxy.ts'],
  ])
  const file = '.next/.stamp'
  if (readIfThere(file) === stamp) return
  await step('Building the pages', async () => {
    fs.rmSync(file, { force: true })
    await runProgram('node_modules/next/dist/bin/next', ['build'], {
      env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    })
    fs.writeFileSync(file, stamp)
  })
}

/** One hash of all files under these paths; those that cannot change a build are left out. */
function hashFiles(paths) {
  const hash = createHash('sha256')
  const add = (file) => {
    if (/(^|\/)(generated|lib\/(dev|testing))$|\.(test|suite)\.tsx?$/.test(file)) return
    const stat = fs.statSync(file, { throwIfNoEntry: false })
    if (stat?.isDirectory()) for (const entry of fs.readdirSync(file).sort()) add(path.join(file, entry))
    else if (stat) hash.update(`${file}\0${stat.size}\0`).update(fs.readFileSync(file))
  }
  for (const file of paths) add(file)
  return hash.digest('hex')
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
}
