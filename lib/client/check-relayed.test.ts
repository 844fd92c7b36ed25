import { expect, it } from 'vitest'
import { addressOf, receiptKey, signDigest } from '../core/audit/random-election.suite'
import { hashReceipt, type Receipt } from '../core/log/receipt'
import { resolveMessage } from '../core/messages/resolve-message'
import type { HexString } from '../core/views/hex-string'
import type { RelayedView } from '../core/views/relayed-view'
import { checkRelayedReceipt, relayedProblem } from './check-relayed'
import { type MessageTypedData, voteTypedData } from './typed-data'

const safe = addressOf(new Uint8Array(32).fill(3))
const vote = voteTypedData({
  ...{ from: safe, space: 'dao', timestamp: 1_700_000_000, proposal: `0x${'ab'.repeat(32)}` },
  ballot: 'single',
  choice: 2,
})
const idOf = (data: MessageTypedData) =>
  resolveMessage({ address: safe, sig: '0x', data } as unknown as Parameters<typeof resolveMessage>[0]).id
const id = idOf(vote)

type Shown = Parameters<typeof relayedProblem>[0]

const shown = {
  id,
  kind: 'vote',
  message: vote.message,
  address: safe,
  chainId: 31337,
  safe: {
    version: '1.4.1',
    messageHash: `0x${'cd'.repeat(32)}`,
    threshold: 2,
    owners: [],
    approvals: 0,
    typedData: {
      domain: { chainId: 31337, verifyingContract: safe },
      types: { SafeMessage: [{ name: 'message', type: 'bytes' }] },
      primaryType: 'SafeMessage',
      message: { message: id },
    },
  },
} satisfies Shown

const typedData = (part: Partial<NonNullable<RelayedView['safe']>['typedData']>): Shown => ({
  ...shown,
  safe: { ...shown.safe, typedData: { ...shown.safe.typedData, ...part } },
})

it('lets an owner sign what is shown, with or without the chain in the wallet’s domain', () => {
  expect(relayedProblem(shown)).toBeNull()
  expect(relayedProblem(typedData({ domain: { verifyingContract: safe } }))).toBeNull()
  const withChain = idOf({
    ...vote,
    domain: { ...vote.domain, chainId: 31337 } as MessageTypedData['domain'],
  })
  expect(relayedProblem({ ...typedData({ message: { message: withChain } }), id: withChain })).toBeNull()
})

it.each<[string, Shown]>([
  ['another choice', { ...shown, message: { ...vote.message, choice: 1 } }],
  ['a field less', { ...shown, message: { from: safe } }],
  ['another kind', { ...shown, kind: 'proposal' }],
  ['a wallet that is no Safe', { ...shown, safe: null }],
  ['another message under the shown one', typedData({ message: { message: `0x${'00'.repeat(32)}` } })],
  ['another Safe', typedData({ domain: { chainId: 31337, verifyingContract: `0x${'11'.repeat(20)}` } })],
  ['another chain', typedData({ domain: { chainId: 1, verifyingContract: safe } })],
])('warns of %s', (_, view) => {
  expect(relayedProblem(view)).toMatch(/\.$/)
})

it('takes a receipt for the message alone, signed by a published key', async () => {
  const receipt: Receipt = {
    messageId: id,
    proposal: `0x${'ab'.repeat(32)}`,
    voter: safe,
    signatureHash: `0x${'77'.repeat(32)}`,
    logIndex: 3,
    acceptedAt: 1_700_000_100,
  }
  const answer = (signed: Receipt) => ({
    id,
    ipfs: 'bafk',
    relayer: { address: receiptKey, receipt: '0x' as HexString },
    receipt: {
      ...signed,
      logIndex: String(signed.logIndex),
      signature: signDigest(hashReceipt(signed), new Uint8Array(32).fill(9)),
      operator: receiptKey,
    },
    power: null,
  })
  await checkRelayedReceipt(answer(receipt), shown, [receiptKey])
  const other = answer({ ...receipt, messageId: `0x${'66'.repeat(32)}` })
  await expect(checkRelayedReceipt(other, shown, [receiptKey])).rejects.toThrow('something else')
  await expect(checkRelayedReceipt(answer(receipt), shown, [safe])).rejects.toThrow('not signed by a key')
})
