import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { isRunning, type RecordedProcess, stopProcess, whenGone } from '../platform/recorded-process'
import { findFoundry } from './find-foundry.mjs'
import { findFreePort } from './free-port'
import { callRpc } from './json-rpc'

/** The only chain that demo mode accepts. */
export const LOCAL_CHAIN_ID = 31_337

export interface RunningAnvil {
  readonly rpcUrl: string
  /** Whether it was still running from a start that was killed. */
  readonly reused: boolean
  /** Resolves when the process ends, for whatever reason. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * A local chain with id 31337 whose state is kept in `dir`; it mines a block for each transaction. Takes over
 * one that a killed start left running, else loads what `chain-keeper.ts` saved last, or the save before it if
 * that cannot be read, else begins a new chain. Block times follow the machine's clock, from wherever the chain
 * was left. Its log is `anvil.log` in `dir`.
 */
export async function startAnvil(options: {
  readonly dir: string
  /** Unix seconds of block 0 of a new chain. The clock of a new chain goes on from there until it is set. */
  readonly genesisTime: number
  /** The port of the last run by default, or 8545, or a free one. */
  readonly port?: number
}): Promise<RunningAnvil> {
  const dir = path.resolve(options.dir)
  fs.mkdirSync(dir, { recursive: true })
  const recordFile = path.join(dir, 'anvil.json')
  const record = readRecord(recordFile)
  const mark = ` --cache-path ${path.join(dir, 'cache')} `

  // One that was never saved was not set up to its end.
  const left = record && { pid: record.pid, mark, port: record.port }
  const reused = left !== undefined && isSaved(dir) && isRunning(left) && (await answers(left.port))
  if (left && !reused) await stopProcess(left, { signal: 'SIGTERM', patienceMs: 2_000 })

  // A loaded chain must be given its own first block again: anvil makes one before it loads the others.
  const genesisTime = (isSaved(dir) && record?.genesisTime) || options.genesisTime
  const server = reused ? left : await launchFromSaved()
  writeRecord(recordFile, { pid: server.pid, port: server.port, genesisTime })
  return {
    rpcUrl: urlOf(server.port),
    reused,
    ended: whenGone(server),
    stop: () => stopProcess(server, { signal: 'SIGTERM', patienceMs: 2_000 }),
  }

  async function launchFromSaved(): Promise<Server> {
    const port = options.port ?? (await findFreePort(record?.port ?? 8545))
    const genesis = ['--timestamp', String(genesisTime)]
    const [newest] = savedStates(dir)
    const saved = savedStates(dir).filter((file) => fs.existsSync(file))
    for (const file of saved) {
      try {
        const server = await launch(dir, mark, port, [...genesis, '--load-state', file])
        await callRpc(urlOf(port), 'evm_setTime', [Math.floor(Date.now() / 1000)])
        if (file !== newest) fs.renameSync(file, newest)
        return server
      } catch (error) {
        if (!String(error).includes('failed to parse')) throw error
      }
    }
    if (saved.length > 0)
      throw new Error(
        `The local chain's saved state in ${dir} cannot be read. Delete the data directory to begin anew.`,
      )
    return launch(dir, mark, port, genesis)
  }
}

/** Where a chain's state is saved: the newest first, then the one before it. */
export function savedStates(dir: string): [newest: string, previous: string] {
  return [path.join(dir, 'state.json'), path.join(dir, 'state.previous.json')]
}

/** Whether a chain was ever saved in `dir`. */
export function isSaved(dir: string): boolean {
  return savedStates(dir).some((file) => fs.existsSync(file))
}

interface Server extends RecordedProcess {
  readonly port: number
}

async function launch(dir: string, mark: string, port: number, origin: string[]): Promise<Server> {
  const cache = path.join(dir, 'cache')
  fs.rmSync(cache, { recursive: true, force: true })
  const logFile = path.join(dir, 'anvil.log')
  const log = fs.openSync(logFile, 'w')
  const child = spawn(
    findFoundry('anvil'),
    [
      ...['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(LOCAL_CHAIN_ID)],
      // Any past block can be asked for balances and votes; those that do not fit in memory wait on disk.
      ...['--cache-path', cache, '--max-persisted-states', '100000'],
      // Two blocks later a block is final.
      ...['--slots-in-an-epoch', '1', '--quiet', ...origin],
    ],
    { detached: true, stdio: ['ignore', log, log] },
  )
  fs.closeSync(log)
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  failed.catch(() => {})
  child.unref()
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`anvil did not start:\n${fs.readFileSync(logFile, 'utf8')}`)
    await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, 40))])
  }
  return { pid: child.pid ?? 0, mark, port }
}

async function answers(port: number): Promise<boolean> {
  try {
    return Number(await callRpc(urlOf(port), 'eth_chainId', [])) === LOCAL_CHAIN_ID
  } catch {
    return false
  }
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`
}

interface Record {
  readonly pid: number
  readonly port: number
  /** Unix seconds. */
  readonly genesisTime: number
}

function readRecord(file: string): Record | undefined {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined
}

function writeRecord(file: string, record: Record): void {
  fs.writeFileSync(`${file}.new`, JSON.stringify(record))
  fs.renameSync(`${file}.new`, file)
}
