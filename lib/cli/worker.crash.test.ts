import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeFunctionData, type Hex, keccak256, parseTransaction, toHex } from 'viem'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { moduleAbi } from '../execution/module/module-abi'
import { payment } from '../execution/module-world.suite'
import { type ModuleSpace, startModuleSpace } from '../services/settlement/module-space.suite'
import { type RpcServer, startRpcServer } from '../testing/rpc-server'

/* A real worker, killed with SIGKILL at every point between two steps of a settlement. */

/** Where it dies, for each act: with the transaction written down and not sent; sent and unanswered; mined and unread. */
const points = ['written', 'sent', 'mined'] as const
const acts = ['register', 'commitTally', 'proveBallots', 'execute'] as const

let space: ModuleSpace
let rpc: RpcServer
let dir: string
let worker: ChildProcess | undefined
let isOver = false
const deaths: string[] = []
const actOf = new Map<string, string>()

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'comitia-worker-crash-'))
  space = await startModuleSpace()
  rpc = await startRpcServer(space.chain.rpcUrl, async ({ method, params }, response, upstream) => {
    if (method === 'eth_sendRawTransaction') {
      const raw = params[0] as Hex
      const { data = '0x' } = parseTransaction(raw)
      const act = decodeFunctionData({ abi: moduleAbi, data }).functionName
      actOf.set(keccak256(raw), act)
      if (dies(act, 'written')) return void response.destroy()
      if (isNext(act, 'sent')) {
        await space.client.sendRawTransaction({ serializedTransaction: raw })
        dies(act, 'sent')
        return void response.destroy()
      }
    }
    const act = method === 'eth_getTransactionReceipt' && actOf.get(params[0] as string)
    if (act && isNext(act, 'mined')) {
      const receipt = await space.client
        .getTransactionReceipt({ hash: params[0] as Hex })
        .catch(() => undefined)
      if (receipt && dies(act, 'mined')) return void response.destroy()
    }
    await upstream()
  })
}, 120_000)

afterAll(async () => {
  isOver = true
  worker?.kill('SIGKILL')
  await rpc?.stop()
  await space?.stop()
  if (dir) rmSync(dir, { recursive: true, force: true })
})

const isNext = (act: string, point: (typeof points)[number]) =>
  deaths.filter((death) => death.startsWith(act)).length === points.indexOf(point)

/** Kills the worker when it comes here for the first time, after the points before. */
function dies(act: string, point: (typeof points)[number]): boolean {
  if (!isNext(act, point)) return false
  deaths.push(`${act} ${point}`)
  worker?.once('exit', () => isOver || start())
  worker?.kill('SIGKILL')
  return true
}

function start(): void {
  worker = spawn(process.execPath, [inject('command'), 'worker'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      DATABASE_URL: space.ctx.env.databaseUrl,
      RPC_URL_31337: rpc.url,
      COMITIA_DEMO: '1',
      COMITIA_RPC_TIMEOUT_MS: '2000',
      COMITIA_DATA_DIR: dir,
      COMITIA_KEEPER_KEY: keccak256(toHex('keeper')),
      COMITIA_LOG_LEVEL: 'error',
    },
  })
}

test('a worker, killed between any two steps, has the payment made once', async () => {
  const before = await space.balanceOf(space.receiver)
  start()
  const id = await space.propose({ seconds: 60, calls: [payment(9_000_000n)] })
  await space.vote(id)
  const all = acts.flatMap((act) => points.map((point) => `${act} ${point}`))
  // The page may show it executed before the worker has asked for the last receipt.
  const isDone = async () => deaths.length >= all.length && (await space.stateOf(id)) === 'executed'
  for (const deadline = Date.now() + 260_000; !(await isDone()); await sleep(300)) {
    if (Date.now() > deadline) throw new Error(`timed out after ${deaths.join(', ')}`)
  }
  expect(deaths).toEqual(all)
  expect(await space.executions(id)).toBe(1)
  expect((await space.balanceOf(space.receiver)) - before).toBe(9_000_000n)
  // One nonce for each act, and none failed.
  const sent = await space.sent(id)
  expect(sent.map(({ step }) => step)).toEqual(['register', 'commit', 'prove', 'execute'])
  expect(sent.every(({ outcome }) => outcome !== 'reverted')).toBe(true)
}, 300_000)
