import { expect, it } from 'vitest'
import { formatReceiptFile } from '../../../lib/core/log/receipt-file'
import type { AcceptedView } from '../../../lib/core/views/installation-view'
import { importReceipts, importWords } from './import-receipts'

const receipt = (byte: string): AcceptedView['receipt'] => ({
  messageId: `0x${byte.repeat(32)}`,
  proposal: `0x${'0b'.repeat(32)}`,
  voter: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  signatureHash: `0x${'0d'.repeat(32)}`,
  logIndex: '7',
  acceptedAt: 100,
  signature: `0x${byte.repeat(64)}1b`,
  operator: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
})
const here = 'vote.example/log'

it('takes in what is of this log, and accounts for the rest', () => {
  const seen: string[] = []
  const found = importReceipts(
    [
      formatReceiptFile(here, [receipt('01'), receipt('02'), receipt('03')]),
      JSON.stringify({ id: '0x', receipt: receipt('04') }),
      formatReceiptFile('else.example/log', [receipt('05'), receipt('06')]),
      'no file of receipts',
    ],
    here,
    ({ receipt: { messageId } }) => {
      seen.push(messageId.slice(0, 4))
      return ({ '0x02': 'known', '0x03': 'full' } as const)[messageId.slice(0, 4)] ?? 'kept'
    },
  )
  expect(seen).toEqual(['0x01', '0x02', '0x03', '0x04'])
  expect(found).toEqual({ kept: 2, known: 1, full: 1, elsewhere: ['else.example/log'], unreadable: 1 })
  expect(importWords(found)).toBe(
    '2 receipts added. 1 receipt was here already. 1 receipt did not fit into this browser’s storage. Receipts of another log were left out: else.example/log. 1 file holds no receipts.',
  )
})

it('says that an empty file is empty', () => {
  expect(importWords(importReceipts([formatReceiptFile(here, [])], here, () => 'kept'))).toBe(
    'The file holds no receipts.',
  )
})
