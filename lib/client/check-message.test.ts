import { describe, expect, it } from 'vitest'
import {
  checkpointOf,
  leafOf,
  logKey,
  type Records,
  randomElection,
  receiptFor,
  receiptKey,
  signDigest,
} from '../core/audit/random-election.suite'
import { toBase64 } from '../core/log/base64'
import { hashReceipt } from '../core/log/receipt'
import { inclusionProof } from '../core/log/tree'
import { parseCanonicalEnvelope } from '../core/messages/parse-canonical-envelope'
import type { HexString } from '../core/views/hex-string'
import type { MessageView } from '../core/views/record-view'
import { checkMessage, checkReceipt, isSignedByOperator, witnessWords } from './check-message'

const published = {
  receiptKeys: [receiptKey],
  log: { origin: 'vote.example/log', key: logKey, keys: [logKey], witnesses: [] },
}
const liar = new Uint8Array(32).fill(5)

/** What an honest server answers about entry `index`. */
function viewOf({ entries }: Records, index: number): MessageView {
  const entry = entries[index]
  if (!entry || entry instanceof Uint8Array) throw new Error(`entry ${index} is nobody's here`)
  const { resolved, cid } = parseCanonicalEnvelope(entry.envelope)
  const { receipt, signature } = receiptFor(entries, index)
  const leaves = entries.map(leafOf)
  const { contract } = entry
  const { address } = JSON.parse(entry.envelope) as { readonly address: HexString }
  const alias = address === resolved.from ? {} : { alias: { address, link: `0x${'00'.repeat(32)}` as const } }
  return {
    id: resolved.id,
    kind: resolved.kind,
    space: 'dao',
    author: resolved.from,
    proposal: null,
    timestamp: resolved.timestamp,
    acceptedAtMs: entry.acceptedAtMs,
    logIndex: index,
    envelope: entry.envelope,
    cid,
    verification: contract
      ? { method: contract.method, chainId: 1, block: String(contract.block), ...alias }
      : { method: 'ecdsa', ...alias },
    receipt: { ...receipt, logIndex: String(index), signature, operator: receiptKey },
    inclusion: {
      checkpoint: checkpointOf(leaves),
      index,
      size: leaves.length,
      proof: inclusionProof(leaves, index).map(toBase64),
    },
    ballot: null,
  }
}

const statuses = async (view: MessageView, id: HexString = view.id) =>
  Object.fromEntries((await checkMessage(id, view, published)).checks.map(({ id, status }) => [id, status]))

it('finds nothing wrong with any message of honest elections', async () => {
  for (const seed of [1, 2, 3, 4]) {
    const election = randomElection(seed, { hasAliases: seed > 2 })
    for (const [index, entry] of election.entries.entries()) {
      if (entry instanceof Uint8Array) continue
      const view = viewOf(election, index)
      expect(await statuses(view)).toEqual({
        digest: 'passed',
        signature: entry.contract || view.verification.alias ? 'open' : 'passed',
        receipt: 'passed',
        inclusion: 'passed',
        checkpoint: 'passed',
        witnesses: 'open',
      })
      expect(await checkReceipt(receiptFor(election.entries, index), view, published)).toMatchObject({
        state: 'kept',
        index,
      })
    }
  }
})

describe('names a lie about a ballot', () => {
  const election = randomElection(1, { type: 'basic' })
  const index = election.entries.findLastIndex(
    (entry) => !(entry instanceof Uint8Array) && entry.ballot && !entry.contract,
  )
  const view = viewOf(election, index)
  const other = viewOf(
    election,
    election.entries.findIndex((entry) => !(entry instanceof Uint8Array)),
  )
  const resign = (change: Partial<MessageView['receipt']>): MessageView => {
    const { signature: _, operator, ...receipt } = { ...view.receipt, ...change }
    const digest = hashReceipt({ ...receipt, logIndex: Number(receipt.logIndex) })
    return { ...view, receipt: { ...receipt, operator, signature: signDigest(digest, liar) } }
  }
  const swapChoice = (text: string) => text.replace(/"choice":(\d)/, (_, n) => `"choice":${(n % 3) + 1}`)
  const foreignSignature = JSON.parse(other.envelope).sig

  it.each<[string, string, MessageView]>([
    ['a changed choice', 'digest', { ...view, envelope: swapChoice(view.envelope) }],
    ['text that is no message', 'digest', { ...view, envelope: '{}' }],
    [
      'another’s signature',
      'signature',
      { ...view, envelope: view.envelope.replace(JSON.parse(view.envelope).sig, foreignSignature) },
    ],
    ['a receipt by nobody’s key', 'receipt', resign({})],
    ['a receipt for another place', 'receipt', resign({ logIndex: '0' })],
    ['another time of acceptance', 'inclusion', { ...view, acceptedAtMs: view.acceptedAtMs + 1 }],
    ['another place', 'inclusion', { ...view, inclusion: other.inclusion }],
    [
      'a checkpoint of another log',
      'checkpoint',
      {
        ...view,
        inclusion: {
          ...view.inclusion,
          checkpoint: view.inclusion.checkpoint.replaceAll('vote.example', 'else.example'),
        },
      },
    ],
  ])('%s', async (_, check, lie) => {
    expect((await statuses(lie, view.id))[check]).toBe('failed')
    const kept = receiptFor(election.entries, index)
    expect(await checkReceipt(kept, lie, published)).toMatchObject({ state: 'broken' })
  })

  it('another message in its place', async () => {
    const [check] = (await checkMessage(view.id, other, published)).checks
    expect(check).toMatchObject({ status: 'failed', detail: `What is shown was signed as ${other.id}.` })
  })

  it('a message that is gone', async () => {
    const kept = receiptFor(election.entries, index)
    expect(await checkReceipt(kept, null, published)).toEqual({
      state: 'broken',
      why: 'The server does not show this message, though it has signed for it.',
    })
  })

  it('but not by a receipt that the operator never signed', async () => {
    const { receipt } = receiptFor(election.entries, index)
    const forged = { receipt, signature: signDigest(hashReceipt(receipt), liar) }
    expect(await checkReceipt(forged, null, published)).toEqual({ state: 'foreign' })
    expect(await isSignedByOperator(forged, [receiptKey])).toBe(false)
  })

  it('a message that was moved, by the receipt from before', async () => {
    const { receipt } = receiptFor(election.entries, index)
    const secret = new Uint8Array(32).fill(9)
    const earlier = { ...receipt, logIndex: 0 }
    const kept = { receipt: earlier, signature: signDigest(hashReceipt(earlier), secret) }
    expect(await checkReceipt(kept, view, published)).toEqual({
      state: 'broken',
      why: 'The log differs from the receipt in the place in the log.',
    })
  })
})

it('says how many witnesses saw it', () => {
  expect([witnessWords(1, 1), witnessWords(0, 2), witnessWords(0, 0)]).toEqual([
    'seen by 1 of 1 witnesses',
    'seen by 0 of 2 witnesses',
    'nobody else is asked to co-sign this log',
  ])
})
