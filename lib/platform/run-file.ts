import fs from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

/** What `npm start` chooses itself, and a command beside it has to know. */
const chosen = [
  'DATABASE_URL',
  'RPC_URL_31337',
  'PORT',
  'COMITIA_DEMO',
  'COMITIA_DATA_DIR',
  'COMITIA_WITNESSES',
]

const placeOf = (dataDir: string) => path.join(dataDir, 'run.env')

/** Says in the data directory what a running stack runs with; nobody else may read it. Answers with how to take it back. */
export function writeRunFile(dataDir: string, env: NodeJS.ProcessEnv): () => void {
  const file = placeOf(dataDir)
  const lines = chosen.flatMap((name) => (env[name] ? [`${name}="${env[name]}"\n`] : []))
  fs.rmSync(file, { force: true })
  fs.writeFileSync(file, lines.join(''), { mode: 0o600 })
  return () => fs.rmSync(file, { force: true })
}

/**
 * The environment of an operator's command: the given one, and where that names no database and is not production's, what
 * the stack on the same data directory runs with.
 */
export function withRunFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.DATABASE_URL || env.NODE_ENV === 'production') return env
  const file = placeOf(path.resolve(env.COMITIA_DATA_DIR || '.data'))
  if (!fs.existsSync(file)) return env
  return { ...parseEnv(fs.readFileSync(file, 'utf8')), ...env }
}
