import { expect, it } from 'vitest'
import { addressOf, receiptKey, signDigest } from '../core/audit/random-election.suite'
import { hashReceipt, hashSignature, type Receipt } from '../core/log/receipt'
import { resolveMessage } from '../core/messages/resolve-message'
import type { HexString } from '../core/views/hex-string'
import type { AcceptedView } from '../core/views/installation-view'
import { checkAccepted } from './check-accepted'
import { toEnvelope, voteTypedData } from './typed-data'

const secret = new Uint8Array(32).fill(4)
const operator = new Uint8Array(32).fill(9)
const from = addressOf(secret)
const proposal: HexString = `0x${'ab'.repeat(32)}`
const vote = voteTypedData({
  ...{ from, space: 'dao', timestamp: 1_700_000_000, proposal, ballot: 'single', choice: 1 },
})
const { id } = resolveMessage({
  address: from,
  sig: '0x',
  data: vote,
} as unknown as Parameters<typeof resolveMessage>[0])
const sig = signDigest(id, secret)
const envelope = toEnvelope(from, sig, vote)
const right: Receipt = {
  messageId: id,
  proposal,
  voter: from,
  signatureHash: hashSignature(sig),
  logIndex: 7,
  acceptedAt: 1_700_000_001,
}
const now = 1_700_000_010
const answer = (receipt: Receipt, by = operator): AcceptedView => ({
  id,
  ipfs: 'bafk',
  relayer: { address: receiptKey, receipt: '0x' },
  receipt: {
    ...receipt,
    logIndex: String(receipt.logIndex),
    signature: signDigest(hashReceipt(receipt), by),
    operator: receiptKey,
  },
  power: null,
})

it('takes the receipt for what was signed, in whatever form the wallet wrote the signature', async () => {
  await checkAccepted(answer(right), envelope, [receiptKey], now)
  const v = sig.endsWith('1b') ? '00' : '01'
  await checkAccepted(
    answer(right),
    { ...envelope, sig: `${sig.slice(0, -2)}${v}` as HexString },
    [receiptKey],
    now,
  )
  const long: HexString = `0x${'AB'.repeat(130)}`
  const byContract = { ...right, signatureHash: hashSignature(long.toLowerCase() as HexString) }
  await checkAccepted(answer(byContract), { ...envelope, sig: long }, [receiptKey], now)
})

it.each<[string, Partial<Receipt>]>([
  ['the id', { messageId: proposal }],
  ['the proposal', { proposal: id }],
  ['the author', { voter: receiptKey }],
  ['the signature', { signatureHash: id }],
  // Dated past the end of the vote, it would promise nothing.
  ['the time (or this device’s clock is wrong)', { acceptedAt: 4_000_000_000 }],
])('refuses one that differs in %s', async (field, change) => {
  await expect(checkAccepted(answer({ ...right, ...change }), envelope, [receiptKey], now)).rejects.toThrow(
    `it differs in ${field}.`,
  )
})

it('refuses one by a key that nobody publishes', async () => {
  await expect(checkAccepted(answer(right, secret), envelope, [receiptKey], now)).rejects.toThrow(
    'not signed by a key that it publishes',
  )
})
