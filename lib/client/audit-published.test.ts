import { ed25519 } from '@noble/curves/ed25519'
import { expect, it } from 'vitest'
import {
  checkpointOf,
  leafOf,
  logKey,
  publish,
  randomElection,
  receiptFor,
  receiptKey,
  signDigest,
} from '../core/audit/random-election.suite'
import { recoverSigner } from '../core/audit/recover-signer'
import { writeBundle } from '../core/audit/write-bundle'
import { toBase64 } from '../core/log/base64'
import { cosign } from '../core/log/cosignature'
import { hashReceipt } from '../core/log/receipt'
import { formatSignatureLine, parseNote } from '../core/log/signed-note'
import { consistencyProof } from '../core/log/tree'
import { encodeVerifierKey } from '../core/log/verifier-key'
import { ApiError } from './api'
import { type AuditMeans, type AuditQuestion, auditPublished } from './audit-published'

const election = randomElection(4, { type: 'approval', voters: 4, strangers: 2 })
const { entries, facts } = election
const source = publish(election)
const leaves = entries.map(leafOf)
const own = entries.flatMap((entry, index) => (entry instanceof Uint8Array ? [] : index))

const witness = new Uint8Array(32).fill(3)
const witnessKey = encodeVerifierKey({
  name: 'witness.example',
  type: 'cosignature',
  publicKey: ed25519.getPublicKey(witness),
})
const question: AuditQuestion = {
  proposal: facts.proposal.id,
  published: {
    receiptKeys: [receiptKey],
    log: { origin: 'vote.example/log', key: logKey, keys: [logKey], witnesses: [] },
  },
  receipts: own.map((index) => receiptFor(entries, index)),
  checkpoints: [],
}
const prove: AuditMeans['consistency'] = async (from, to) => ({
  from,
  to,
  proof: consistencyProof(leaves.slice(0, to), from).map(toBase64),
})

async function audit(
  change: Partial<AuditQuestion> = {},
  {
    bundle = source,
    consistency = prove,
    witnessed = () => Promise.reject(new ApiError(404, 'none', false)),
  }: { bundle?: typeof source; consistency?: typeof prove; witnessed?: AuditMeans['witnessed'] } = {},
) {
  async function* chunks() {
    for await (const line of writeBundle(bundle)) yield new TextEncoder().encode(line)
  }
  const report = await auditPublished(
    chunks(),
    { ...question, ...change },
    { recover: recoverSigner, consistency, witnessed },
  )
  const found = (id: string) => report.checks.find((check) => check.id === id)
  return { ...report, found }
}

it('finds nothing against an honest server, and counts what it read', async () => {
  const { ok, found, bytes, ballots, subject } = await audit()
  expect(ok).toBe(true)
  expect(bytes).toBeGreaterThan(1000)
  expect(ballots).toBe(own.filter((at) => 'ballot' in (entries[at] ?? {})).length)
  expect(subject?.proposal).toBe(facts.proposal.id)
  expect(found('receipts')).toMatchObject({
    status: 'passed',
    detail: `${own.length} receipts were honoured.`,
  })
  expect(found('operator')?.status).toBe('passed')
  expect(found('history')?.status).toBe('open')
  expect(found('witnesses')).toMatchObject({
    status: 'open',
    detail: 'Nobody else is asked to co-sign this log.',
  })
})

it('expects the proposal, the keys and the receipts that it was told of', async () => {
  expect((await audit({ proposal: `0x${'11'.repeat(32)}` })).found('proposal')?.status).toBe('failed')
  const published = { ...question.published, receiptKeys: [facts.proposal.id] }
  expect((await audit({ published })).found('operator')?.status).toBe('failed')
  const other = `${logKey.slice(0, -6)}AAAAA=`
  const log = { ...question.published.log, key: other, keys: [other] }
  expect((await audit({ published: { ...question.published, log } })).found('operator')?.status).toBe(
    'failed',
  )
})

it('hands in no receipt that is forged, or for what came after the vote', async () => {
  const { receipt, signature } = receiptFor(entries, own.at(-1) ?? 0)
  const secret = new Uint8Array(32).fill(9)
  const late = { ...receipt, acceptedAt: 4_000_000_000, messageId: `0x${'77'.repeat(32)}` as const }
  const dropped = { ...late, acceptedAt: receipt.acceptedAt }
  const sign = (one: typeof receipt) => ({ receipt: one, signature: signDigest(hashReceipt(one), secret) })
  const handIn = async (...receipts: (typeof question.receipts)[number][]) =>
    (await audit({ receipts })).found('receipts')?.status
  expect(await handIn({ receipt: dropped, signature }, sign(late))).toBe('open')
  expect(await handIn(sign(dropped))).toBe('failed')
})

it('takes a file from before a change of keys', async () => {
  const { published } = question
  const newer = { ...published.log, key: `vote.example/log+00000000+AAAA`, keys: ['newer', logKey] }
  const { found } = await audit({
    published: { receiptKeys: [receiptKey, facts.proposal.id], log: newer },
  })
  expect(found('operator')?.status).toBe('passed')
})

it('holds the log against every checkpoint that was kept, smaller, equal and larger', async () => {
  const longer = [...leaves, leafOf(new Uint8Array(32).fill(1)), leafOf(new Uint8Array(32).fill(2))]
  const checkpoints = [leaves.slice(0, 3), leaves, longer].map((part) => ({ note: checkpointOf(part) }))
  const consistency: typeof prove = async (from, to) => ({
    from,
    to,
    proof: consistencyProof(longer.slice(0, to), from).map(toBase64),
  })
  expect((await audit({ checkpoints }, { consistency })).found('history')).toMatchObject({
    status: 'passed',
    detail: '3 checkpoints seen before agree.',
  })

  const forked = [{ note: checkpointOf([...leaves.slice(0, 2), new Uint8Array(32)]) }]
  expect((await audit({ checkpoints: forked })).found('history')?.status).toBe('failed')
})

it('takes a refusal of a proof for a lie, and silence for none', async () => {
  const checkpoints = [{ note: checkpointOf(leaves.slice(0, 3)) }]
  const refuse = (status: number, retry: boolean) => () =>
    Promise.reject(new ApiError(status, 'no such size', retry))
  expect((await audit({ checkpoints }, { consistency: refuse(404, false) })).found('history')?.status).toBe(
    'failed',
  )
  expect((await audit({ checkpoints }, { consistency: refuse(0, true) })).found('history')?.status).toBe(
    'open',
  )
})

it('says when the log was once seen under a key that nobody publishes', async () => {
  const note = checkpointOf(leaves.slice(0, 3)).replaceAll('vote.example/log', 'else.example/log')
  expect((await audit({ checkpoints: [{ note }] })).found('history')).toMatchObject({
    status: 'open',
    detail: expect.stringContaining('no longer published'),
  })
})

it('counts the witnesses that are published', async () => {
  const log = { ...question.published.log, witnesses: [witnessKey] }
  const published = { ...question.published, log }
  expect((await audit({ published })).found('witnesses')).toMatchObject({
    status: 'open',
    detail: 'No witness had co-signed the log when this file was written.',
  })
  const { text } = parseNote(source.checkpoint)
  const line = formatSignatureLine(
    cosign(text, { name: 'witness.example', privateKey: witness, timestamp: 1_700_000_000 }),
  )
  const bundle = { ...source, checkpoint: source.checkpoint + line }
  expect((await audit({ published }, { bundle })).found('witnesses')).toMatchObject({
    status: 'passed',
    detail: 'Co-signed by witness.example.',
  })
})

it('counts those who co-signed a later state that begins with the file’s', async () => {
  const log = { ...question.published.log, witnesses: [witnessKey] }
  const published = { ...question.published, log }
  const longer = [...leaves, leafOf(new Uint8Array(32).fill(1))]
  const consistency: typeof prove = async (from, to) => ({
    from,
    to,
    proof: consistencyProof(longer.slice(0, to), from).map(toBase64),
  })
  const seen = async (part: readonly Uint8Array[], by = witness) => {
    const note = checkpointOf(part)
    const line = cosign(parseNote(note).text, {
      name: 'witness.example',
      privateKey: by,
      timestamp: 1_700_000_000,
    })
    const witnessed = async () => note + formatSignatureLine(line)
    return (await audit({ published }, { consistency, witnessed })).found('witnesses')
  }
  expect(await seen(longer)).toMatchObject({
    status: 'passed',
    detail: `Co-signed by witness.example, as the beginning of a log of ${longer.length} entries.`,
  })
  const forked = [new Uint8Array(32), ...longer.slice(1)]
  for (const other of [seen(forked), seen(leaves.slice(0, 2)), seen(longer, new Uint8Array(32).fill(8))])
    expect((await other)?.status).toBe('open')
})
