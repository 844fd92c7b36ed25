import { execFile } from 'node:child_process'
import fs from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { privateKeyToAddress } from 'viem/accounts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApi } from '../api/app'
import { formatReceiptFile } from '../core/log/receipt-file'
import { bundleVerifier } from '../dev/build-verifier.mjs'
import { type BundleWorld, createBundleWorld } from '../services/bundle/bundle-world.suite'
import { writeBundle } from '../services/bundle/write-bundle'
import { accounts } from '../testing/accounts'

// The one file, run by node in a folder with nothing else in it.

let world: BundleWorld
let server: Server
let folder: string
let url: string
let proposal: string
let isOff = false
const written = bundleVerifier()

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-verifier-'))
  world = await createBundleWorld()
  await world.changeSettings()
  proposal = await world.propose('weighted')
  await world.edit(proposal, 'weighted')
  await world.vote(proposal, 'weighted')
  await world.changeSettings('elsewhere')
  await world.finish(proposal)
  await writeBundle(world.ctx, proposal)
  server = createServer(getRequestListener(createApi(world.ctx, world.ingest).fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  fs.writeFileSync(path.join(folder, 'comitia-verify.mjs'), await written)
})
afterAll(async () => {
  if (!isOff) {
    server?.close()
    await world?.close()
  }
  fs.rmSync(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => runOn('', ...args)

function runOn(input: string | Uint8Array, ...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { HOME: folder, NODE_ENV: 'production' as const } }
    const child = execFile(process.execPath, ['comitia-verify.mjs', ...args], options, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), said: out + err }),
    )
    child.stdin?.end(input)
  })
}

function write(name: string, content: string): string {
  fs.writeFileSync(path.join(folder, name), content)
  return name
}

const lineOf = (said: string, title: string) => said.split('\n').find((line) => line.includes(title)) ?? ''

it('is the same bytes from the same sources, and knows nothing of where it was made', async () => {
  const again = await bundleVerifier()
  expect(again.equals(await written)).toBe(true)
  expect(again.includes(process.cwd())).toBe(false)
  expect(again.toString()).not.toMatch(/from "(?!node:)/)
})

it('holds a server’s election against its log, its chains and every receipt', async () => {
  const { ctx, receipts } = world
  const operator = privateKeyToAddress(ctx.keys.receiptKey)
  const views = receipts.map(({ receipt, signature }) => ({
    ...{ ...receipt, logIndex: String(receipt.logIndex), signature, operator },
  }))
  const file = write('receipts.json', formatReceiptFile('localhost:3000/log', views))
  const own = views.filter((view) => view.proposal === proposal)
  const ownFile = write('own.json', formatReceiptFile('localhost:3000/log', own))
  const nodes = Object.values(ctx.env.rpcUrls).flatMap(([node = '']) => ['--rpc', node])
  const page = `${url}/test/proposal/${proposal}`

  const both = await run(page, '--log', url, '--receipt', ownFile, ...nodes, '--json')
  expect(both.code, both.said).toBe(0)
  const { log, bundle } = JSON.parse(both.said)
  const open = (report: typeof log) =>
    report.checks.flatMap(({ id, status }: { id: string; status: string }) => (status === 'open' ? id : []))
  expect([open(log), open(bundle)]).toEqual([
    ['operator', 'history', 'witnesses'],
    ['history', 'witnesses'],
  ])

  const alone = await run('--log', `${url}/log`, '--receipt', file)
  expect(alone.code, alone.said).toBe(0)
  expect(alone.said).toContain(`✓ Every receipt handed in was honoured: ${views.length} receipts`)
  expect(alone.said).toContain('✓ The log has kept to what it showed before')
})

it('names a power that the chain does not know', async () => {
  const bundle = await (await world.download(proposal)).text()
  const ballot = bundle
    .split('\n')
    .find((line) => line.includes(accounts.Ben.address) && line.includes('counted'))
  const forged = bundle.replace(ballot ?? '', ballot?.replace(/"power":\["\d+/, '"power":["1') ?? '')
  const nodes = Object.entries(world.ctx.env.rpcUrls).flatMap(([id, [node]]) => ['--rpc', `${id}=${node}`])
  const { code, said } = await run(write('forged.ndjson', forged), ...nodes)
  expect(code).toBe(1)
  expect(lineOf(said, 'Blocks and powers are what the chain says')).toMatch(
    new RegExp(`^✗ .* of ${accounts.Ben.address} has the power 1 by erc20-votes; the chain says \\d+`),
  )
})

it('recounts with every server off', async () => {
  const bundle = await (await world.download(proposal)).text()
  server.close()
  server.closeAllConnections()
  await world.close()
  isOff = true

  const honest = await run(write('bundle.ndjson', bundle))
  expect(honest.code, honest.said).toBe(0)
  expect(honest.said).toContain('VERIFIED: nothing is wrong')
  expect(await runOn(gzipSync(bundle), '-')).toEqual(honest)
  const [, ballot = ''] = /("power":\["[1-9]\d*)/.exec(bundle) ?? []
  const forged = await run(write('forged.ndjson', bundle.replace(ballot, `${ballot}0`)))
  expect(forged.code).toBe(1)
  expect(lineOf(forged.said, 'The ballots add up to the result')).toMatch(/^✗/)
  expect(await run('--log', url)).toMatchObject({
    code: 1,
    said: expect.stringContaining('cannot be reached'),
  })
}, 60_000)
