import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ed25519 } from '@noble/curves/ed25519'
import { bytesToHex } from '@noble/hashes/utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { voteTypedData } from '../../client/typed-data'
import { addressOf, receiptKey, signDigest, signEntry } from '../../core/audit/random-election.suite'
import { formatVerifierKey, openCheckpoint, signCheckpoint } from '../../core/log/checkpoint'
import { cosign } from '../../core/log/cosignature'
import { decodeLeaf, encodeLeaf, hashLeaf } from '../../core/log/leaf'
import { hashReceipt, type Receipt } from '../../core/log/receipt'
import { formatReceiptFile } from '../../core/log/receipt-file'
import { receiptOf } from '../../core/log/receipt-of'
import { formatSignatureLine } from '../../core/log/signed-note'
import { rootOfLeaves } from '../../core/log/tree'
import { encodeVerifierKey, parseVerifierKey } from '../../core/log/verifier-key'
import { parseCanonicalEnvelope } from '../../core/messages/parse-canonical-envelope'
import { type LogSite, type Shown, serveLog } from './log-site.suite'
import { type Ran, runVerify } from './run-verify.suite'

// Each operator here owns the log's key and signs whatever fits the lie.

const origin = 'vote.example/log'
const secret = new Uint8Array(32).fill(7)
const receiptSecret = new Uint8Array(32).fill(9)
const key = formatVerifierKey(origin, ed25519.getPublicKey(secret))
const hourAgo = Date.now() - 3_600_000

/** A message by a key of its own. */
function signed(number: number, acceptedAtMs = hourAgo + number * 1000) {
  const voter = new Uint8Array(32).fill(1 + number)
  const vote = voteTypedData({
    ...{ from: addressOf(voter), space: 'dao', timestamp: 1_700_000_000, proposal: `0x${'77'.repeat(32)}` },
    ...{ ballot: 'single' as const, choice: 1 },
  })
  const { envelope } = signEntry(vote, voter, acceptedAtMs)
  const message = parseCanonicalEnvelope(envelope)
  const { kind, id } = message.resolved
  return { envelope, message, entry: encodeLeaf({ kind, id, envelopeSha256: message.sha256, acceptedAtMs }) }
}

/** An entry that nobody asks about. */
function stranger(number: number, acceptedAtMs = hourAgo + number * 1000): Uint8Array {
  const id = `0x${bytesToHex(hashLeaf(Uint8Array.of(number & 255, number >> 8)))}` as const
  return encodeLeaf({ kind: 'vote', id, envelopeSha256: id, acceptedAtMs })
}

const own = [3, 4, 300].map((index) => ({ index, ...signed(index) }))
const [three, four] = own as [(typeof own)[0], (typeof own)[0]]
const honest = Array.from(
  { length: 700 },
  (_, index) => own.find((item) => item.index === index)?.entry ?? stranger(index),
)
const envelopes = new Map(own.map(({ envelope, message }) => [message.cid, envelope]))

const noteOf = (entries: readonly Uint8Array[], by = secret, name = origin) =>
  signCheckpoint({ origin: name, size: entries.length, root: rootOfLeaves(entries.map(hashLeaf)) }, by)
const logOf = (entries: readonly Uint8Array[]): Shown => ({
  ...{ entries, note: noteOf(entries), envelopes, keys: { log: key, receipts: [receiptKey] } },
})

let dir: string
let site: LogSite
beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-verify-'))
  vi.stubEnv('XDG_STATE_HOME', dir)
  site = await serveLog(logOf(honest))
})
afterEach(() => {
  site.stop()
  vi.unstubAllEnvs()
  fs.rmSync(dir, { recursive: true })
})

const read = (...args: string[]): Promise<Ran> => runVerify('--log', site.url, ...args)

/** Reads the honest log, then shows another. */
async function then(change: Partial<Shown>, ...args: string[]): Promise<Ran> {
  expect(await read()).toMatchObject({ code: 0 })
  site.show(change)
  return read(...args)
}

function receiptFile(change: Partial<Receipt> = {}, by = receiptSecret, name = origin): string {
  const at = { logIndex: three.index, acceptedAtMs: decodeLeaf(three.entry).acceptedAtMs }
  const receipt = { ...receiptOf(three.message, at), ...change }
  const view = {
    ...{ ...receipt, logIndex: String(receipt.logIndex), operator: receiptKey },
    signature: signDigest(hashReceipt(receipt), by),
  }
  const file = path.join(dir, 'receipts.json')
  fs.writeFileSync(file, formatReceiptFile(name, [view]))
  return file
}

const failed = ({ said }: Ran) => said.split('\n').filter((line) => line.startsWith('✗'))

/** Exactly one check fails, and says this. */
function expectOne(ran: Ran, title: string, sentence: string): void {
  expect(ran.code).toBe(1)
  expect(failed(ran), ran.said).toHaveLength(1)
  expect(failed(ran)[0]).toContain(title)
  expect(failed(ran)[0]).toContain(sentence)
  expect(ran.said).toContain('NOT VERIFIED: 1 check failed')
}

const history = 'The log has kept to what it showed before'

it('finds nothing wrong with an honest log, and later reads only what is new', async () => {
  const first = await read('--receipt', receiptFile(), '--log-key', key)
  expect(first.code, first.said).toBe(0)
  expect(first.said).toContain('VERIFIED: nothing is wrong')
  expect(first.said).toContain(`– ${history}: Nothing of this log was seen before`)
  expect(first.said).toContain('✓ Every receipt handed in was honoured')
  expect(site.asked().filter((asked) => asked.startsWith('/log/tile/entries/'))).toHaveLength(3)

  const grown = [...honest, ...Array.from({ length: 200 }, (_, at) => stranger(700 + at, Date.now()))]
  site.show(logOf(grown))
  const second = await read()
  expect(second.code, second.said).toBe(0)
  expect(second.said).toContain('✓ The log has kept to what it showed before: The state seen before agree.')
  expect(site.asked().sort()).toEqual([
    '/log/checkpoint',
    '/log/tile/0/002',
    '/log/tile/0/003.p/132',
    '/log/tile/1/000.p/3',
    '/log/tile/entries/002',
    '/log/tile/entries/003.p/132',
  ])

  const third = await read('--full', '--receipt', receiptFile())
  expect(third.code, third.said).toBe(0)
  expect(third.said).toContain('2 states seen before agree')
  expect(third.said).toContain('900 entries, 900 read')
})

it('takes a full tile where a partial one was thrown away, and a log without an entry', async () => {
  const grown = [...honest, ...Array.from({ length: 100 }, (_, at) => stranger(700 + at))]
  const full = await serveLog(logOf(grown))
  const bodies = new Map<string, Uint8Array>()
  for (const asked of ['/log/tile/0/002', '/log/tile/entries/002']) {
    bodies.set(asked, Buffer.from(await (await fetch(full.url + asked)).arrayBuffer()))
  }
  full.stop()
  site.show({ instead: (asked) => bodies.get(asked) ?? (asked.includes('002.p/') ? null : undefined) })
  expect(await read()).toMatchObject({ code: 0 })

  site.show({ ...logOf([]), instead: () => undefined })
  expect(await read('--state', path.join(dir, 'empty.json'))).toMatchObject({ code: 0 })
})

it('drops a message after its receipt', async () => {
  const without = honest.toSpliced(three.index, 1)
  site.show(logOf(without))
  const ran = await read('--receipt', receiptFile())
  expectOne(ran, 'Every receipt handed in was honoured', 'it was dropped or moved')
  expect(failed(ran)[0]).toContain(three.message.resolved.id)
})

it('drops a message that was seen', async () => {
  const ran = await then(
    logOf([...honest.toSpliced(three.index, 1), ...[700, 701].map((at) => stranger(at, Date.now()))]),
  )
  expectOne(ran, history, 'history was changed')
  expect(ran.said).toContain('THIS LOG CONTRADICTS ITSELF')
})

it('puts a message in late and dates it back', async () => {
  const ran = await then(logOf([...honest, stranger(700)]))
  expectOne(ran, 'Messages are in the order in which they were accepted', 'it was put in late')
})

it('dates a message beyond all dates', async () => {
  site.show(logOf([...honest, stranger(700, 9e15)]))
  expectOne(
    await read(),
    'Every entry is the one that the tree holds',
    'Entry 700 cannot be read: a log entry from after the end of time.',
  )
})

it('is not vouched for by what its own operator shows', async () => {
  site.show({ instead: (asked) => (asked.endsWith('/witnessed') ? noteOf(honest.slice(0, 600)) : undefined) })
  const witness = encodeVerifierKey({ name: 'w', type: 'cosignature', publicKey: new Uint8Array(32).fill(1) })
  const ran = await read('--witness', witness)
  expect(ran.said).toContain(`– ${history}: Nothing of this log was seen before`)
})

it('is compared with a checkpoint under a key that it had before', async () => {
  const before = new Uint8Array(32).fill(8)
  const file = path.join(dir, 'note')
  fs.writeFileSync(file, noteOf(honest.slice(0, 600), before))
  const formerKey = formatVerifierKey(origin, ed25519.getPublicKey(before))
  const args = ['--checkpoint', file, '--log-key', key]
  expectOne(await read(...args), history, 'is not signed by')
  expect((await read(...args, '--log-key', formerKey)).said).toContain(`✓ ${history}`)
})

it('reorders two messages', async () => {
  const swapped = honest.with(three.index, four.entry).with(four.index, three.entry)
  site.show({ entries: swapped, leaves: honest.map(hashLeaf) })
  expectOne(await read(), 'Every entry is the one that the tree holds', 'Entry 3 is that of 4. (and 1 more)')
  site.stop()
  site = await serveLog(logOf(swapped))
  const ran = await read('--receipt', receiptFile())
  expect(failed(ran).map((line) => line.slice(0, 20))).toHaveLength(2)
  expect(ran.said).toContain('was accepted before the one in front of it')
})

it('forks: shows a reader another history than before, and leaves the proof in the reader’s hands', async () => {
  const other = [...honest.with(500, stranger(5000, hourAgo + 500_000)), stranger(700, Date.now())]
  const ran = await then(logOf(other))
  expectOne(ran, history, 'The log of 701 entries does not begin with the 700 that it signed')
  const [file = ''] = fs
    .readdirSync(path.join(dir, 'comitia/logs'))
    .filter((name) => name.includes('evidence'))
  const { checkpoints } = JSON.parse(fs.readFileSync(path.join(dir, 'comitia/logs', file), 'utf8'))
  const notes: string[] = checkpoints.map(({ note }: { note: string }) => note)
  expect(notes).toEqual([noteOf(honest), noteOf(other)])
  for (const note of notes) openCheckpoint(note, origin, parseVerifierKey(key).publicKey)

  // It stays caught, until it shows the first history again.
  expect((await read()).code).toBe(1)
  site.show(logOf(honest))
  expect((await read()).code).toBe(0)
})

it('signs two states of one size', async () => {
  const ran = await then(logOf(honest.with(500, stranger(5000, hourAgo + 500_000))))
  expectOne(ran, history, 'two different states of 700 entries')
})

it('is known by a checkpoint that somebody else kept', async () => {
  const file = path.join(dir, 'note')
  fs.writeFileSync(file, noteOf(honest.slice(0, 600).with(500, stranger(5000))))
  expectOne(await read('--checkpoint', file), history, 'does not begin with the 600 that it signed')
  fs.writeFileSync(file, noteOf(honest.slice(0, 600)))
  expect((await read('--checkpoint', file)).code).toBe(0)
})

it('forgets its end', async () => {
  expectOne(
    await then(logOf(honest.slice(0, 600))),
    history,
    'The log has shrunk: it has 600 entries, and it signed 700',
  )
}, 10_000)

it('has another key', async () => {
  const other = new Uint8Array(32).fill(8)
  const otherKey = formatVerifierKey(origin, ed25519.getPublicKey(other))
  const note = noteOf(honest, other)
  expectOne(await then({ note }), 'The log’s own key signed its state', `is not signed by ${key}`)
  site.show({ keys: { log: otherKey, receipts: [] } })
  expectOne(
    await read(),
    'The log is the one that was expected',
    `${otherKey} signs now what ${key} signed before`,
  )
  expect(fs.readdirSync(path.join(dir, 'comitia/logs')).some((name) => name.includes('evidence'))).toBe(true)
  // Whoever knows of a change says so.
  expect((await read('--log-key', otherKey)).code).toBe(0)
})

it('goes by another name at the same address', async () => {
  const renamed = 'other.example/log'
  const otherKey = formatVerifierKey(renamed, ed25519.getPublicKey(secret))
  const ran = await then({ note: noteOf(honest, secret, renamed), keys: { log: otherKey, receipts: [] } })
  expectOne(ran, 'The log is the one that was expected', 'is another one')
})

it.each<[string, Partial<Shown>, string, string]>([
  [
    'signs a root that its tiles do not have',
    { note: noteOf(honest.with(9, stranger(0))) },
    'Every tile',
    'lead to the root',
  ],
  [
    'changes a hash in a tile',
    { leaves: honest.map(hashLeaf).with(9, hashLeaf(stranger(0))) },
    'Every tile',
    'lead to the root',
  ],
  [
    'changes a hash in a full tile alone',
    { instead: (asked) => (asked === '/log/tile/0/001' ? new Uint8Array(8192) : undefined) },
    'Every tile',
    'tile/0/001 is not the tile that the signed root commits to',
  ],
  [
    'withholds a tile',
    { instead: (asked) => (asked === '/log/tile/0/000' ? null : undefined) },
    'Every tile',
    'does not serve tile/0/000',
  ],
  [
    'sends a tile of another width',
    { instead: (asked) => (asked.startsWith('/log/tile/0/002') ? new Uint8Array(32 * 187) : undefined) },
    'Every tile',
    'has 5984 bytes, where 188 hashes have 6016',
  ],
  [
    'changes an entry',
    { entries: honest.with(9, stranger(5000)), leaves: honest.map(hashLeaf) },
    'Every entry',
    'Entry 9 is not the one that was logged',
  ],
  [
    'withholds entries',
    { instead: (asked) => (asked === '/log/tile/entries/001' ? null : undefined) },
    'Every entry',
    'does not serve tile/entries/001',
  ],
  [
    'breaks off within an entry',
    { instead: (asked) => (asked === '/log/tile/entries/001' ? Uint8Array.of(0, 74, 1) : undefined) },
    'Every entry',
    'tile/entries/001 breaks off',
  ],
  [
    'leaves an entry out of its tile',
    { instead: (asked) => (asked === '/log/tile/entries/001' ? Uint8Array.of(0, 1, 1) : undefined) },
    'Every entry',
    'tile/entries/001 has 1 entries, where there are 256',
  ],
])('%s', async (_, change, title, sentence) => {
  site.show(change)
  const ran = await read()
  expectOne(ran, title, sentence)
  expect(fs.existsSync(path.join(dir, 'comitia/logs'))).toBe(false)
})

it.each<[string, () => string[], Partial<Shown>, string]>([
  [
    'of another second',
    () => ['--receipt', receiptFile({ acceptedAt: 1_700_000_000 })],
    {},
    'has a receipt for the second 1700000000',
  ],
  [
    'of another signature',
    () => ['--receipt', receiptFile({ signatureHash: `0x${'00'.repeat(32)}` })],
    {},
    'whose signatureHash is not what was logged',
  ],
  [
    'of another voter',
    () => ['--receipt', receiptFile({ voter: receiptKey })],
    {},
    'whose voter is not what was logged',
  ],
  [
    'of a place beyond the log',
    () => ['--receipt', receiptFile({ logIndex: 700 })],
    {},
    'the log has 700 entries: it was dropped',
  ],
  [
    'of another log',
    () => ['--receipt', receiptFile({}, receiptSecret, 'x.example/log')],
    {},
    'a receipt of the log x.example/log',
  ],
  [
    'that the operator did not sign',
    () => ['--receipt', receiptFile({}, secret)],
    {},
    'not signed by a key of the operator',
  ],
  ['whose message is withheld', () => ['--receipt', receiptFile()], { envelopes: new Map() }, 'is withheld'],
  [
    'whose message was exchanged',
    () => ['--receipt', receiptFile()],
    { envelopes: new Map([[three.message.cid, four.envelope]]) },
    'is not what was logged',
  ],
])('does not honour a receipt %s', async (_, args, change, sentence) => {
  site.show(change)
  expectOne(await read(...args()), 'Every receipt handed in was honoured', sentence)
})

it('counts the witnesses that it is told to trust, where they last were', async () => {
  const witness = (number: number) => {
    const privateKey = new Uint8Array(32).fill(40 + number)
    const name = `witness.example/${number}`
    const publicKey = ed25519.getPublicKey(privateKey)
    return { name, privateKey, key: encodeVerifierKey({ name, type: 'cosignature', publicKey }) }
  }
  const [one, two] = [witness(1), witness(2)]
  const hoursAgo = (hours: number) => Math.floor(Date.now() / 1000) - hours * 3600
  const cosigned = (note: string, timestamp = hoursAgo(23)) =>
    note + formatSignatureLine(cosign(`${note.split('\n\n')[0]}\n`, { ...one, timestamp }))
  const both = ['--witness', one.key, '--witness', two.key]
  site.show({ note: cosigned(noteOf(honest), hoursAgo(5000)) })
  expectOne(await read(...both), 'Others saw the same log', '1 of the trusted witnesses have co-signed')
  expect((await read(...both, '--least', '1')).said).toContain(
    'Co-signed at 700 entries by witness.example/1',
  )

  const show = (witnessed: string) =>
    site.show({
      note: noteOf(honest),
      instead: (asked) => (asked.endsWith('/witnessed') ? witnessed : undefined),
    })
  show(cosigned(noteOf(honest.slice(0, 600))))
  expect((await read('--witness', one.key)).said).toContain('Co-signed at 600 entries by witness.example/1')
  show(cosigned(noteOf(honest.slice(0, 1)), hoursAgo(50)))
  const stale = await read('--witness', one.key)
  expect(stale.code).toBe(0)
  expect(stale.said).toContain(
    '– Others saw the same log: What was co-signed is old: 1 of 700 entries, 50 hours ago.',
  )
  show(cosigned(noteOf(honest.slice(0, 600).with(500, stranger(5000)))))
  expectOne(await read('--witness', one.key), history, 'does not begin with the 600')
})

it('does not go on as if it had seen nothing when its memory is damaged', async () => {
  const state = path.join(dir, 'state.json')
  fs.writeFileSync(state, '{"format":"comitia-log-state"')
  const ran = await read('--state', state)
  expect(ran).toMatchObject({ code: 1, said: expect.stringContaining('cannot be read') })
})
