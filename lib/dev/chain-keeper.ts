import fs from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { savedStates } from './anvil'
import { callRpc } from './json-rpc'
import type { Part } from './keep-running'

/**
 * Keeps a local chain alive and saved while nobody uses it.
 *
 * Saved: within a quarter of a second of each new block the whole state, history included, is on disk, complete
 * or not at all, with the save before it beside it. anvil's own `--state-interval` rewrites its file in place
 * each second, changed or not: a kill leaves half a file.
 *
 * Alive: after a transaction, empty blocks follow after 1, 2, 4 … seconds, then every five minutes, so that
 * blocks become final and the latest block's time is never older than the last activity's age. A block each
 * second would add 145 kB of state a second (each block's state is saved whole): after an hour half a gigabyte.
 */
export function keepChain(options: { readonly dir: string; readonly rpcUrl: string }): Part {
  const stopping = new AbortController()
  const loop = run(options, stopping.signal)
  return {
    /** The last save is complete when this resolves. */
    async stop() {
      stopping.abort()
      await loop
    },
  }
}

const LONGEST_PAUSE_MS = 300_000

async function run({ dir, rpcUrl }: { dir: string; rpcUrl: string }, stopping: AbortSignal): Promise<void> {
  let savedBlock: string | undefined
  let pauseMs = 1_000
  let mineAt = Date.now() + pauseMs
  let isOurs = false
  for (let last = false; !last; ) {
    await setTimeout(250, undefined, { signal: stopping }).catch(() => {})
    last = stopping.aborted
    try {
      const block = await latestHash(rpcUrl)
      if (block !== savedBlock) {
        await saveChain(rpcUrl, dir)
        savedBlock = block
        pauseMs = isOurs ? Math.min(pauseMs * 2, LONGEST_PAUSE_MS) : 1_000
        mineAt = Date.now() + pauseMs
        isOurs = false
      } else if (Date.now() >= mineAt && !last) {
        await callRpc(rpcUrl, 'evm_mine', [])
        isOurs = true
      }
    } catch {
      // The chain is down: whoever started it starts it again, and the next round finds it.
    }
  }
}

async function latestHash(rpcUrl: string): Promise<string> {
  const block = (await callRpc(rpcUrl, 'eth_getBlockByNumber', ['latest', false])) as { hash: string }
  return block.hash
}

/** Writes the chain's whole state to `dir`, for `startAnvil` to load; what was saved before is kept beside it. */
export async function saveChain(rpcUrl: string, dir: string): Promise<void> {
  const dump = (await callRpc(rpcUrl, 'anvil_dumpState', [true])) as string
  const state = await promisify(gunzip)(Buffer.from(dump.slice(2), 'hex'))
  const [newest, previous] = savedStates(dir)
  const file = await fs.promises.open(`${newest}.new`, 'w')
  try {
    await file.writeFile(state)
    await file.sync()
  } finally {
    await file.close()
  }
  if (fs.existsSync(newest)) {
    fs.rmSync(previous, { force: true })
    fs.linkSync(newest, previous)
  }
  fs.renameSync(`${newest}.new`, newest)
}
