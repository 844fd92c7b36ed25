import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApi } from '../../api/app'
import { openWitness, type WitnessKey } from '../../cli/witness/open-witness'
import { startWitnessServer } from '../../cli/witness/start-witness-server'
import { createWitness } from '../../cli/witness/witness'
import { parseAddCheckpoint } from '../../core/log/add-checkpoint'
import { openCheckpoint } from '../../core/log/checkpoint'
import { cosign, findCosignatures } from '../../core/log/cosignature'
import { formatSignatureLine, parseNote } from '../../core/log/signed-note'
import { parseVerifierKey, type VerifierKey } from '../../core/log/verifier-key'
import type { HexString } from '../../core/views/hex-string'
import { listCosignatures } from '../../db/checkpoint/list-cosignatures'
import { appendMessages } from '../../db/log/append-messages'
import { createIngest } from '../../ingest/ingest'
import { startWorker } from '../../jobs/start-worker'
import { type Clock, systemClock } from '../../platform/clock'
import { createLogger } from '../../platform/logger'
import { createTestContext, type TestContext } from '../../testing/context'
import { type FixedClock, fixedClock } from '../../testing/fixed-clock'
import type { Context } from '../context'
import { getCheckpoint } from '../log/get-checkpoint'
import { getLogState } from '../log/get-log-state'
import { createTileReader } from '../log/read-tile'
import { openLogKey } from '../operator/open-log-key'
import { collectCosignatures } from './collect-cosignatures'
import { listWitnesses } from './list-witnesses'

const now = 1_800_000_000
let dir: string
let clock: FixedClock
let main: TestContext
let logKey: VerifierKey
let cleanUp: (() => Promise<unknown>)[]
beforeAll(async () => {
  main = await createTestContext()
  logKey = parseVerifierKey((await openLogKey(main)).verifierKey)
})
afterAll(() => main.close())
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-cosign-'))
  clock = fixedClock(now)
  cleanUp = []
})
afterEach(async () => {
  for (const end of cleanUp.reverse()) await end()
  fs.rmSync(dir, { recursive: true })
})

/** Another party's server: its key and URL as the operator lists them, and how often it was asked. */
interface Party {
  readonly entry: string
  readonly key: string
  asked: number
}

const makeKey = (name: string) =>
  openWitness({ keyFile: path.join(dir, `${name}.key`), stateDir: path.join(dir, name), name })

/** A witness of the log whose keys all test contexts share. */
async function startWitness(name: string, time: Clock = clock): Promise<Party> {
  const opened = makeKey(name)
  const log = createLogger({ level: 'silent', name })
  const witness = createWitness({ ...opened, logs: [logKey], clock: time, log })
  const party: Party = { entry: '', key: opened.verifierKey, asked: 0 }
  const addCheckpoint = (body: string) => {
    party.asked += 1
    return witness.addCheckpoint(body)
  }
  const place = { host: '127.0.0.1', port: 0, introduction: name }
  const server = await startWitnessServer({ witness: { addCheckpoint }, ...place, log })
  cleanUp.push(server.stop)
  return Object.assign(party, { entry: `${opened.verifierKey} http://127.0.0.1:${server.port}` })
}

type Answer = (response: ServerResponse, asked: { text: string; key: WitnessKey }) => unknown

/** Somebody who answers what they like. */
async function startLiar(name: string, answer: Answer): Promise<Party> {
  const { key, verifierKey } = makeKey(name)
  const party: Party = { entry: '', key: verifierKey, asked: 0 }
  const server = createServer(async (request, response) => {
    party.asked += 1
    const { checkpoint } = parseAddCheckpoint(await bodyOf(request))
    answer(response, { text: parseNote(checkpoint).text, key })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(async () => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return Object.assign(party, { entry: `${verifierKey} http://127.0.0.1:${port}` })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** An installation that asks these witnesses: the main one, or one with another log under the same name and key. */
async function install(parties: readonly Party[], { ownLog = false, time = clock as Clock } = {}) {
  const base = ownLog ? await createTestContext() : main
  if (ownLog) cleanUp.push(base.close)
  const variables = { COMITIA_WITNESSES: parties.map(({ entry }) => entry).join(',') }
  const events: { event: string; level: number; witness: string; reason?: string }[] = []
  const write = (line: Buffer, _: unknown, done: () => void) => {
    events.push(JSON.parse(line.toString()))
    done()
  }
  const log = pino({ level: 'info' }, new Writable({ write }))
  const another = (): Context => ({ ...base.another({ clock: time, variables }), log })
  return { ctx: another(), another, events }
}

/** Appends so many messages and answers the size; the same `history` at the same sizes is the same log. */
async function grow({ db }: Pick<Context, 'db'>, count: number, history = 'true'): Promise<number> {
  const { size } = await getLogState({ db })
  const appended = await appendMessages(
    db,
    () => now * 1000,
    Array.from({ length: count }, (_, i) => {
      const text = `{"text":"${history} ${size + i}"}`
      const hash: HexString = `0x${createHash('sha256').update(text).digest('hex')}`
      return {
        ...({ id: hash, kind: 'settings', space: 'space', author: '0x1', timestamp: now } as const),
        envelope: { text, sha256: hash, cid: hash },
        ...({ verification: { method: 'ecdsa' }, basis: {}, jobs: [] } as const),
        effect: {
          type: 'save-space',
          name: 'S',
          settings: {},
          controller: '0x1',
          domain: null,
          nameOwner: null,
          nameKeptUntil: null,
        } as const,
      }
    }),
  )
  expect(appended.every(({ status }) => status === 'accepted')).toBe(true)
  return size + count
}

/** Who of these co-signed the log as it is, by what its checkpoint says. */
async function cosignersOf(ctx: Context, parties: readonly Party[]): Promise<string[]> {
  const note = parseNote(await getCheckpoint(ctx, await getLogState(ctx)))
  return findCosignatures(
    note,
    parties.map(({ key }) => parseVerifierKey(key)),
  ).map(({ name }) => name)
}

test('every witness co-signs the log as it grows, and is asked when it has grown', async () => {
  const parties = [await startWitness('w1.example'), await startWitness('w2.example')]
  const { ctx, events } = await install(parties)
  const api = createApi(ctx, createIngest(ctx))
  await collectCosignatures(ctx)
  expect(parties.map(({ asked }) => asked)).toEqual([0, 0])
  expect((await api.request('/log/checkpoint/witnessed')).status).toBe(404)
  expect(await listWitnesses(ctx)).toMatchObject({ witnesses: [{ size: null }, {}], witnessed: null })

  for (const more of [3, 300]) {
    const size = await grow(ctx, more)
    await collectCosignatures(ctx)
    await collectCosignatures(ctx)
    expect(await cosignersOf(ctx, parties)).toEqual(['w1.example', 'w2.example'])
    const each = { size, cosignedAt: now, trouble: null }
    expect(await listWitnesses(ctx)).toEqual({
      witnesses: parties.map(({ key }) => ({ name: key.split('+')[0], key, ...each })),
      witnessed: { size, cosignatures: 2 },
    })
  }
  expect(parties.map(({ asked }) => asked)).toEqual([2, 2])
  expect(events.map(({ event }) => event)).toEqual(['witness.cosigns', 'witness.cosigns'])

  const witnessed = await getCheckpoint(ctx, await getLogState(ctx))
  await grow(ctx, 1)
  expect(await cosignersOf(ctx, parties)).toEqual([])
  expect(await (await api.request('/log/checkpoint/witnessed')).text()).toBe(witnessed)
  expect(openCheckpoint(witnessed, logKey.name, logKey.publicKey).size).toBe(303)
  // Nobody can have them said again.
  await expect(ctx.db.query('delete from cosignatures')).rejects.toThrow('is refused')
  await expect(ctx.db.query('delete from checkpoints')).rejects.toThrow('foreign key')
})

test('workers that ask at once, while the log grows, disturb nobody', async () => {
  const parties = [await startWitness('w1.example'), await startWitness('w2.example')]
  const { ctx, another, events } = await install(parties)
  const workers = [ctx, another(), another()]
  for (let round = 0; round < 6; round++) {
    await Promise.all([grow(ctx, 2), ...workers.map((worker) => collectCosignatures(worker))])
  }
  await collectCosignatures(ctx)
  expect(await cosignersOf(ctx, parties)).toEqual(['w1.example', 'w2.example'])
  expect(events.map(({ event }) => event)).toEqual(['witness.cosigns', 'witness.cosigns'])
})

/** What others answer, what that is called, and in which words. */
const lies: Record<string, readonly [kind: string, reason: string, answer: Answer]> = {
  garbage: ['refuses', 'without a co-signature by its key', (r) => r.end('{"ok":true}')],
  silence: ['refuses', 'without a co-signature by its key', (r) => r.end()],
  'a stranger’s line': [
    ...(['refuses', 'without a co-signature by its key'] as const),
    (r, { text, key }) => r.end(line(text, { ...key, privateKey: new Uint8Array(32).fill(9) })),
  ],
  'a line about another checkpoint': [
    ...(['refuses', 'without a co-signature by its key'] as const),
    (r, { text, key }) => r.end(line(text.replace(/\n\d+\n/, '\n9999\n'), key)),
  ],
  prophecy: ['refuses', 'in the future', (r, { text, key }) => r.end(line(text, key, now + 9_000))],
  'ten megabytes': ['unreachable', 'more than 16384 bytes', (r) => r.end(Buffer.alloc(10_000_000, '—'))],
  nothing: ['unreachable', 'does not answer in time', () => {}],
  drops: ['unreachable', 'does not answer in time', (r) => r.write('—')],
  'a broken line': ['unreachable', 'cannot be reached', (r) => r.destroy()],
  'a bad day': ['unreachable', 'answers with status 503', (r) => r.writeHead(503).end()],
  'another’s door': ['refuses', 'answers with status 307', (r) => r.writeHead(307, { location: '/' }).end()],
  'no log': ['refuses', 'does not know the log', (r) => r.writeHead(404).end()],
  'no key': ['refuses', 'does not accept the log’s key', (r) => r.writeHead(403).end()],
  'a moving past': ['refuses', 'one size after the other', (r) => r.writeHead(409, tlogSize).end('2\n')],
  'a longer log': ['disagrees', 'a log of size 900000', (r) => r.writeHead(409, tlogSize).end('900000\n')],
  'another log': ['disagrees', 'was another', (r) => r.writeHead(422).end()],
}
const tlogSize = { 'content-type': 'text/x.tlog.size' }

function line(text: string, key: WitnessKey, timestamp = now): string {
  return formatSignatureLine(cosign(text, { ...key, timestamp }))
}

test('whatever one of them answers, the others’ words are kept and nothing else is', async () => {
  const honest = await startWitness('w1.example')
  const parties = [honest]
  for (const [at, [, , answer]] of Object.values(lies).entries())
    parties.push(await startLiar(`liar${at}`, answer))
  const { ctx, events } = await install(parties)
  const size = await grow(ctx, 3)
  const started = performance.now()
  await collectCosignatures(ctx, { patienceMs: 3_000 })
  expect(performance.now() - started).toBeLessThan(6_000)

  expect(await listCosignatures(ctx.db, size)).toHaveLength(1)
  expect(await cosignersOf(ctx, parties)).toEqual(['w1.example'])
  const { witnesses, witnessed } = await listWitnesses(ctx)
  expect(witnessed).toEqual({ size, cosignatures: 1 })
  expect(witnesses.slice(1)).toEqual(
    Object.values(lies).map(([kind, reason]) =>
      expect.objectContaining({
        ...{ size: null, trouble: { kind, reason: expect.stringContaining(reason), since: now } },
      }),
    ),
  )
  const count = (kind: string) => Object.values(lies).filter(([one]) => one === kind).length
  expect(events.filter(({ level }) => level === 50)).toHaveLength(count('disagrees'))
  expect(events.filter(({ level }) => level === 40)).toHaveLength(count('refuses') + count('unreachable'))
  // It is told once.
  await collectCosignatures(ctx, { patienceMs: 3_000 })
  expect(events).toHaveLength(parties.length)
})

test('who stays in trouble is asked ever rarer, and at once counted again when out of it', async () => {
  let isDown = true
  const honest = await startWitness('w1.example')
  const party = await startLiar('w2.example', (response, { text, key }) =>
    isDown ? response.writeHead(500).end() : response.end(line(text, key, clock.now() / 1000)),
  )
  const { ctx, events } = await install([honest, party])
  await grow(ctx, 1)
  for (let second = 0; second < 3_600; second += 30) {
    await collectCosignatures(ctx)
    clock.advance(30)
  }
  expect(party.asked).toBeGreaterThan(12)
  expect(party.asked).toBeLessThan(24)
  isDown = false
  clock.advance(300)
  await collectCosignatures(ctx)
  expect(await cosignersOf(ctx, [honest, party])).toEqual(['w1.example', 'w2.example'])
  expect(events.filter(({ witness }) => witness === 'w2.example').map(({ event }) => event)).toEqual([
    'witness.unreachable',
    'witness.cosigns',
  ])
})

test('a log that shows a witness another history is refused, and the operator told who says so', async () => {
  const parties = [await startWitness('w1.example')]
  const truth = await install(parties)
  const size = await grow(truth.ctx, 2)
  await collectCosignatures(truth.ctx)

  const fork = await install(parties, { ownLog: true })
  await grow(fork.ctx, size - 1)
  await grow(fork.ctx, 1, 'forked')
  // Two checkpoints of one size, then a larger one.
  await collectCosignatures(fork.ctx)
  const proofs = fs.readdirSync(path.join(dir, 'w1.example')).filter((name) => name.endsWith('.fork'))
  expect(proofs).toEqual([expect.stringContaining(`.${size}.`)])
  await grow(fork.ctx, 3, 'forked')
  await collectCosignatures(fork.ctx)
  const reason = `says that the log it co-signed at size ${size} was another`
  expect(fork.events).toMatchObject([
    { level: 50, event: 'witness.disagrees', witness: 'w1.example', reason },
  ])
  expect(await listWitnesses(fork.ctx)).toMatchObject({
    witnesses: [{ name: 'w1.example', size: null, trouble: { kind: 'disagrees', reason, since: now } }],
    witnessed: null,
  })

  await grow(truth.ctx, 4)
  await collectCosignatures(truth.ctx)
  expect(await cosignersOf(truth.ctx, parties)).toEqual(['w1.example'])
})

test('a log that has lost its end, as a restored backup has, is told so by its witness', async () => {
  const parties = [await startWitness('w1.example')]
  const whole = await install(parties)
  const size = await grow(whole.ctx, 2)
  await collectCosignatures(whole.ctx)

  const restored = await install(parties, { ownLog: true })
  const rest = await grow(restored.ctx, size - 2)
  await collectCosignatures(restored.ctx)
  const reason = `co-signed a log of size ${size}, and this one has only ${rest} messages`
  expect(restored.events).toMatchObject([{ level: 50, event: 'witness.disagrees', reason }])
})

test('a worker asks without being told to', async () => {
  const parties = [await startWitness('w1.example', systemClock)]
  const { ctx } = await install(parties, { time: systemClock })
  await grow(ctx, 1)
  const worker = await startWorker(ctx)
  cleanUp.push(() => worker.stop())
  await expect.poll(() => cosignersOf(ctx, parties), { timeout: 20_000 }).toEqual(['w1.example'])
})

test('the newest checkpoint of most witnesses counts, not an older one of more', async () => {
  const parties = [
    await startWitness('w1.example'),
    await startWitness('w2.example'),
    await startWitness('w3.example'),
  ]
  const { ctx } = await install(parties)
  const some = async (count: number) => {
    const size = await grow(ctx, 1)
    await collectCosignatures((await install(parties.slice(0, count))).ctx)
    return size
  }
  const witnessed = async () => (await listWitnesses(ctx)).witnessed
  const alone = await some(1)
  expect(await witnessed()).toEqual({ size: alone, cosignatures: 1 })
  await some(3)
  const two = await some(2)
  await some(1)
  expect(await witnessed()).toEqual({ size: two, cosignatures: 2 })
  // What was co-signed under another name is not this log.
  const renamed = { ...ctx, env: { ...ctx.env, publicUrl: 'https://renamed.example' } }
  expect((await listWitnesses(renamed)).witnessed).toBeNull()
})

test('a log that has lost a row is a fault, and what lies beyond its end is not there', async () => {
  const { ctx } = await install([], { ownLog: true })
  const size = await grow(ctx, 3)
  const read = (width: number) => createTileReader({ ...ctx.db })({ level: 0, index: 0, width })
  expect(await read(size)).toHaveLength(32 * size)
  await expect(read(size + 1)).rejects.toMatchObject({ code: 'not_found' })
  await ctx.db.query('alter table messages disable trigger user')
  await ctx.db.query('delete from messages where log_index = 1')
  await expect(read(size)).rejects.toMatchObject({ code: 'fault' })
  await expect(read(size + 1)).rejects.toMatchObject({ code: 'not_found' })
})

test('our own records tell of a log that was rewritten, whoever is asked', async () => {
  const { ctx } = await install([await startWitness('w1.example')])
  await grow(ctx, 1)
  await collectCosignatures(ctx)
  await ctx.db.query('update log_state set root = $1', [Buffer.alloc(32, 0xee)])
  const fresh = await startWitness('w2.example')
  const later = await install([fresh])
  await collectCosignatures(later.ctx)
  expect(fresh.asked).toBe(0)
  expect(later.events).toMatchObject([{ level: 50, event: 'witness.disagrees', witness: 'w2.example' }])
})
