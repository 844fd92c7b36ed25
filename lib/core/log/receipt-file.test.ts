import { expect, it } from 'vitest'
import type { AcceptedView } from '../views/installation-view'
import { formatReceiptFile, parseReceiptFile } from './receipt-file'

const view: AcceptedView['receipt'] = {
  messageId: `0x${'0a'.repeat(32)}`,
  proposal: `0x${'0b'.repeat(32)}`,
  voter: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  signatureHash: `0x${'0d'.repeat(32)}`,
  logIndex: '9007199254740991',
  acceptedAt: 1_700_000_000,
  signature: `0x${'0e'.repeat(64)}1b`,
  operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
}
const { signature, operator, logIndex: _, ...rest } = view
const kept = { receipt: { ...rest, logIndex: Number.MAX_SAFE_INTEGER }, signature, operator }

it('reads what it writes, and a server’s reply', () => {
  const file = formatReceiptFile('vote.example/log', [view, view])
  expect(parseReceiptFile(file)).toEqual([
    { ...kept, origin: 'vote.example/log' },
    { ...kept, origin: 'vote.example/log' },
  ])
  const reply = { id: view.messageId, ipfs: 'bafk', receipt: view }
  expect(parseReceiptFile(JSON.stringify(reply))).toEqual([{ ...kept, origin: null }])
})

it.each<[string, unknown]>([
  ['nothing', ''],
  ['a list', [view]],
  ['another version', { format: 'comitia-receipts', version: 2, origin: 'a', receipts: [] }],
  ['an index that no number holds', { receipt: { ...view, logIndex: '9007199254740993' } }],
  ['a short signature', { receipt: { ...view, signature: '0x00' } }],
  ['a missing field', { receipt: { ...view, voter: undefined } }],
])('refuses %s', (_, value) => {
  expect(() => parseReceiptFile(value === '' ? '' : JSON.stringify(value))).toThrow('not a file of receipts')
})
