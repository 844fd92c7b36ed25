import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVoter } from '../cli/bench/voter'
import { createApiClient } from '../client/api'
import { voteTypedData } from '../client/typed-data'
import { fromBase64 } from '../core/log/base64'
import { type Checkpoint, openCheckpoint, parseCheckpointText } from '../core/log/checkpoint'
import { recoverCheckpointSigner } from '../core/log/contract-checkpoint'
import { decodeEntryBundle } from '../core/log/entry-bundle'
import { decodeLeaf, encodeLeaf, hashLeaf } from '../core/log/leaf'
import { rootFromTiles } from '../core/log/proofs-from-tiles'
import { recoverReceiptSigner } from '../core/log/receipt'
import { parseNote } from '../core/log/signed-note'
import { readTileHashes } from '../core/log/tile-hash'
import { type Tile, tilePath } from '../core/log/tile-path'
import { tilesOf } from '../core/log/tiles-of'
import { isEqual, verifyConsistency, verifyInclusion } from '../core/log/tree'
import { parseVerifierKey } from '../core/log/verifier-key'
import type { AcceptedView } from '../core/views/installation-view'
import type { MessageView } from '../core/views/record-view'
import { createIngest } from '../ingest/ingest'
import { shareContext } from '../services/create-context'
import { accounts } from '../testing/accounts'
import { signProposal, signSettings, signVote } from '../testing/factories'
import { createTestWorld, type TestWorld } from '../testing/world'
import type { Api } from './api-env'
import { createApi } from './app'
import { answerMounted } from './mount'
import { originalPathHeader } from './original-path'

// A log of over 512 entries that three processes wrote at once, as somebody sees it who has nothing but HTTP.

const { Ada } = accounts
const VOTERS = 520
let world: TestWorld
let api: Api
/** In order of acceptance by each process. */
let accepted: AcceptedView[]
let proposal: `0x${string}`

const client = createApiClient('', (async (path: string, init?: RequestInit) =>
  api.request(path, init)) as typeof fetch)

beforeAll(async () => {
  world = await createTestWorld()
  api = createApi(world.ctx, world.ingest)
  const settings = await world.ingest.ingest(await signSettings(Ada, { timestamp: world.now() }))
  const proposed = await world.ingest.ingest(await signProposal(Ada, { timestamp: world.now() }))
  proposal = proposed.id
  const processes = [world.ingest, createIngest(world.ctx.another()), createIngest(world.ctx.another())]
  const votes: (AcceptedView | undefined)[] = []
  while (votes.length < VOTERS) {
    const wave = Array.from({ length: 65 }, (_, place) => votes.length + place)
    votes.push(...(await Promise.all(wave.map((number) => processes[number % 3]?.ingest(ballotOf(number))))))
  }
  accepted = [settings, proposed, ...votes.filter((vote) => vote !== undefined)]
})
afterAll(() => world?.close())

/** Voter `number`'s ballot for an option, as it is posted. */
function ballotOf(number: number, choice = 1): unknown {
  const voter = createVoter(number)
  const timestamp = world.now() + choice - 1
  const vote = { from: voter.address, space: 'test', timestamp, proposal, ballot: 'single', choice } as const
  return JSON.parse(voter.sign(voteTypedData(vote)))
}

async function fetchTile(tile: Tile): Promise<Uint8Array> {
  const response = await api.request(`/log/${tilePath(tile)}`)
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

async function fetchNote(): Promise<string> {
  return (await api.request('/log/checkpoint')).text()
}

/** The checkpoint in a note, which the key that is published now has to have signed. */
async function open(note: string): Promise<Checkpoint> {
  const { log } = await client.installation()
  return openCheckpoint(note, log.origin, parseVerifierKey(log.key).publicKey)
}

const hashes = (proof: readonly string[]) => proof.map((hash) => fromBase64(hash) ?? new Uint8Array())

test('whoever reads checkpoint, tiles and entries comes to the signed root, and finds every receipt kept', async () => {
  const { size, root } = await open(await fetchNote())
  expect(size).toBe(VOTERS + 2)
  expect(isEqual(await rootFromTiles({ size, read: fetchTile }), root)).toBe(true)

  const ids: string[] = []
  for (const tile of [...tilesOf(size)].filter(({ level }) => level === 0)) {
    const entries = decodeEntryBundle(await fetchTile({ ...tile, level: 'entries' }))
    expect(entries.map(hashLeaf)).toEqual(readTileHashes(await fetchTile(tile)))
    ids.push(...entries.map((entry) => decodeLeaf(entry).id))
  }
  expect(accepted).toHaveLength(size)
  for (const { receipt } of accepted) expect(ids[Number(receipt.logIndex)]).toBe(receipt.messageId)
})

test('a tile of any width that the log has passed is the beginning of the full one', async () => {
  for (const level of [0, 'entries'] as const) {
    const full = await fetchTile({ level, index: 1, width: 256 })
    for (const width of [1, 2, 100, 255]) {
      expect(await fetchTile({ level, index: 1, width })).toEqual(full.slice(0, width * (full.length / 256)))
    }
  }
  expect(await fetchTile({ level: 1, index: 0, width: 1 })).toHaveLength(32)
})

test('tiles may be kept for ever, the checkpoint for a second, and what is not there not at all', async () => {
  const tile = await api.request('/log/tile/entries/000')
  expect(tile.headers.get('content-type')).toBe('application/octet-stream')
  expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const tag = tile.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[0-9a-f]+"$/)
  const again = await api.request('/log/tile/entries/000', { headers: { 'if-none-match': tag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(again.headers.get('cache-control')).toContain('immutable')
  expect(again.headers.get('access-control-allow-origin')).toBe('*')

  const head = await api.request('/log/tile/entries/000', { method: 'HEAD' })
  expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', tag])

  const checkpoint = await api.request('/log/checkpoint')
  expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(checkpoint.headers.get('cache-control')).toBe('public, max-age=1, must-revalidate')

  for (const path of [
    ...[
      'tile/0/002',
      'tile/0/002.p/91',
      'tile/entries/002.p/91',
      'tile/1/000',
      'tile/1/000.p/3',
      'tile/2/000.p/1',
    ],
    // 2^53 - 1, the last place that has a path.
    ...['tile/0/x009/x007/x199/x254/x740/991', 'tile/entries/x009/x007/x199/x254/x740/991'],
    ...[
      'tile',
      'tile/',
      'tile/0',
      'tile/0/0',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/00/000',
      'tile/0/x000/000',
    ],
    ...['tile/-1/000', 'tile/64/000', 'tile/data/000', 'tile/0/%2e%2e/000', 'tile/0/999999', ''],
  ]) {
    const response = await api.request(`/log/${path}`)
    expect([path, response.status]).toEqual([path, 404])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ error: 'client_error' })
  }
})

test('every message is shown with the receipt it was given, and proven to be in the log', async () => {
  const { receiptKeys } = await client.installation()
  for (const { id, receipt, ipfs } of [0, 1, 2, 257, 513, VOTERS + 1].map(
    (at) => accepted[at] as AcceptedView,
  )) {
    const view = await client.message(id)
    expect(view).toMatchObject({ id, receipt, cid: ipfs, logIndex: Number(receipt.logIndex) })
    const { signature, operator: _, ...signed } = view.receipt
    const signer = await recoverReceiptSigner({ ...signed, logIndex: view.logIndex }, signature)
    expect(receiptKeys).toEqual([signer])

    const envelope = await (await api.request(`/api/ipfs/${ipfs}`)).arrayBuffer()
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', envelope)).toString('hex')
    const { kind, acceptedAtMs, inclusion } = view as MessageView & { kind: 'vote' }
    const leaf = hashLeaf(encodeLeaf({ kind, id, envelopeSha256: `0x${digest}`, acceptedAtMs }))
    const { index, size } = inclusion
    const checkpoint = await open(inclusion.checkpoint)
    expect([index, size]).toEqual([view.logIndex, checkpoint.size])
    const proof = hashes(inclusion.proof)
    expect(verifyInclusion({ leaf, index, size, proof, root: checkpoint.root })).toBe(true)
    // The same at an earlier size of the log.
    const then = await client.inclusion(index, index + 1)
    const { root } = await open(then.checkpoint)
    expect(verifyInclusion({ leaf, index, size: index + 1, proof: hashes(then.proof), root })).toBe(true)
  }
})

test('a ballot says what became of it', async () => {
  const own = await Promise.all([1, 2].map((number) => world.ingest.ingest(ballotOf(number, 2))))
  const [first, second] = own.map(({ id }) => id)
  const before = accepted.find(({ receipt }) => receipt.voter === own[0]?.receipt.voter)?.id ?? ''
  expect((await client.message(before)).ballot).toMatchObject({ state: 'superseded', current: first })
  const counted = await client.message(first ?? '')
  expect(counted).toMatchObject({
    kind: 'vote',
    space: 'test',
    proposal: { id: proposal, title: 'Shall we?' },
    verification: { method: 'ecdsa' },
    ballot: { state: 'counted', power: (10n ** 18n).toString(), current: first },
  })
  for (const [change, state, power] of [
    [`power = 0, power_by_strategy = '{0}'`, 'powerless', '0'],
    [`power = null, power_by_strategy = '{}'`, 'pending', null],
    ['countable = false', 'uncountable', null],
  ]) {
    await world.ctx.db.query(`update votes set ${change} where id = $1`, [second])
    expect((await client.message(second ?? '')).ballot).toEqual({ state, power, current: second })
  }
  expect((await client.message(proposal)).ballot).toBeNull()
  expect((await client.message(accepted[0]?.id ?? '')).proposal).toBeNull()
})

test('the log’s state is signed for contracts too', async () => {
  const { contract, ...log } = await client.log()
  const note = await fetchNote()
  const { size, root } = await open(note)
  expect(log).toMatchObject({ size, root: `0x${Buffer.from(root).toString('hex')}`, checkpoint: note })
  const { signature, signer, ...state } = contract
  expect(state).toEqual({ origin: log.origin, size, root: log.root, timestamp: world.now() })
  expect(await recoverCheckpointSigner(state, signature)).toBe(signer)
  expect((await client.installation()).receiptKeys).toEqual([signer])
})

test('the log only grows: what was served stays the same, and each checkpoint is proven to continue the one before', async () => {
  const note = await fetchNote()
  const before = await open(note)
  const served = new Map<string, Uint8Array>()
  for (const tile of tilesOf(before.size)) {
    for (const level of tile.level === 0 ? ([0, 'entries'] as const) : [tile.level]) {
      served.set(tilePath({ ...tile, level }), await fetchTile({ ...tile, level }))
    }
  }

  let old = before
  // Under load: as soon as a receipt is given, the checkpoint covers it.
  await Promise.all(
    Array.from({ length: 60 }, async (_, number) => {
      const { receipt } = await world.ingest.ingest(ballotOf(VOTERS + number))
      expect(parseCheckpointText(parseNote(await fetchNote()).text).size).toBeGreaterThan(
        Number(receipt.logIndex),
      )
    }),
  )
  for (const ballot of [VOTERS + 60, VOTERS + 61]) {
    await world.ingest.ingest(ballotOf(ballot))
    const { size, root } = await open(await fetchNote())
    const { proof } = await client.consistency(old.size, size)
    const claim = { oldSize: old.size, newSize: size, oldRoot: old.root, newRoot: root, proof: hashes(proof) }
    expect(verifyConsistency(claim)).toBe(true)
    old = { ...old, size, root }
  }

  for (const [path, bytes] of served) {
    const response = await api.request(`/log/${path}`)
    expect([path, new Uint8Array(await response.arrayBuffer())]).toEqual([path, bytes])
  }
  // A checkpoint of the past is the same note, whoever makes it.
  const again = (await client.inclusion(0, before.size)).checkpoint
  expect(again).toBe(note)
  expect(isEqual(await rootFromTiles({ size: old.size, read: fetchTile }), old.root)).toBe(true)
})

test('a host that runs plain Next answers the same', async () => {
  shareContext(world.ctx)
  for (const path of ['/log/tile/1/000.p/2', '/log/tile/entries/001', '/log/checkpoint', '/log/tile/9/000']) {
    for (const method of ['GET', 'HEAD']) {
      const own = await api.request(path, { method })
      const headers = { [originalPathHeader]: path }
      const mounted = await answerMounted(new Request('http://localhost/api', { method, headers }))
      expect([path, mounted.status]).toEqual([path, own.status])
      expect(mounted.headers.get('etag')).toBe(own.headers.get('etag'))
      expect(await mounted.arrayBuffer()).toEqual(await own.arrayBuffer())
    }
  }
})

test('what cannot be proven is said in a sentence', async () => {
  const size = await world.logSize()
  const sentences = {
    '/api/v1/log/inclusion': [400, 'index: is missing'],
    '/api/v1/log/inclusion?index=-1': [400, 'index: must be a whole number'],
    '/api/v1/log/inclusion?index=1e3': [400, 'index: must be a whole number'],
    '/api/v1/log/inclusion?index=9999999999999999': [400, 'index: is too large'],
    '/api/v1/log/inclusion?index=5&size=5': [400, 'index: must be below the size, 5'],
    [`/api/v1/log/inclusion?index=${size}`]: [
      404,
      `The log has ${size} entries, numbered from 0: it has no entry ${size} yet.`,
    ],
    [`/api/v1/log/inclusion?index=0&size=${size + 1}`]: [
      404,
      `The log has ${size} entries: it has no size ${size + 1} yet.`,
    ],
    '/api/v1/log/consistency?from=3&to=2': [400, 'from: must be at most 2, the size to compare with'],
    [`/api/v1/log/consistency?from=0&to=${size + 1}`]: [
      404,
      `The log has ${size} entries: it has no size ${size + 1} yet.`,
    ],
    '/api/v1/messages/12': [400, 'id: must be 0x and 64 hex digits'],
    [`/api/v1/messages/0x${'00'.repeat(32)}`]: [404, 'The log has no message with this id.'],
  }
  for (const [path, [status, error_description]] of Object.entries(sentences)) {
    const response = await api.request(path)
    expect([path, response.status]).toEqual([path, status])
    expect(await response.json()).toEqual({ error: 'client_error', error_description })
  }
})

test('nothing is signed before its key is published, and a key that is replaced stays published', async () => {
  const keys = { receiptKey: `0x${'33'.repeat(32)}`, logKey: `0x${'44'.repeat(32)}` } as const
  const rotated = { ...world.ctx.another(), keys }
  const ingest = createIngest(rotated)
  const vote = await signVote(Ada, { timestamp: world.now(), proposal })
  const size = await world.logSize()

  await world.ctx.db.query('alter table operator_keys rename to hidden')
  await expect(ingest.ingest(vote)).rejects.toThrow()
  expect(await world.logSize()).toBe(size)
  await world.ctx.db.query('alter table hidden rename to operator_keys')

  const before = await client.installation()
  const { receipt } = await ingest.ingest(vote)
  expect(receipt.operator).not.toBe(before.operator)
  const after = await client.installation()
  expect(after.receiptKeys.toSorted()).toEqual([before.operator, receipt.operator].sort())

  // Its old messages get receipts by the new key, its old log keys stay.
  api = createApi(rotated, ingest)
  const now = await client.installation()
  expect(now.operator).toBe(receipt.operator)
  expect((await client.message(proposal)).receipt.operator).toBe(receipt.operator)
  expect(now.log.keys.toSorted()).toEqual([before.log.key, now.log.key].sort())
  expect((await open(await fetchNote())).size).toBe(size + 1)
})
