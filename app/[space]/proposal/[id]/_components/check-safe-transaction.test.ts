import { describe, expect, test } from 'vitest'
import { executionHash } from '../../../../../lib/core/settlement/batch'
import {
  domainHash,
  messageHash,
  safeTransactionFor,
  safeTxHash,
} from '../../../../../lib/core/settlement/safe-transaction'
import type { ExecutionView } from '../../../../../lib/core/views/proposal-view'
import type { SafeSettlementView } from '../../../../../lib/core/views/settlement-view'
import { checkSafeTransaction } from './check-safe-transaction'

const chainId = 31337
const safe = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
const eve = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
const call = { to: eve, value: 5n, data: '0x', operation: 0 } as const

function settled(calls: readonly (typeof call)[]): { execution: ExecutionView; view: SafeSettlementView } {
  const transaction = safeTransactionFor(calls, 4)
  const domain = { chainId, safe } as const
  const execution: ExecutionView = {
    executor: 'safe-signers',
    hash: executionHash({ chainId, verifyingContract: safe, calls }),
    chainId,
    safe,
    safeName: null,
    module: null,
    calls: calls.map((entry) => ({
      ...entry,
      value: '5',
      signature: null,
      kind: 'send-native',
      summary: '',
      arguments: [],
      warnings: [],
    })),
  }
  const { value, safeTxGas, baseGas, gasPrice, nonce, ...rest } = transaction
  const view: SafeSettlementView = {
    address: safe,
    chainId,
    version: '1.4.1',
    threshold: 2,
    owners: [],
    transaction: {
      ...rest,
      value: `${value}`,
      safeTxGas: `${safeTxGas}`,
      baseGas: `${baseGas}`,
      gasPrice: `${gasPrice}`,
      nonce: `${nonce}`,
    },
    safeTxHash: safeTxHash(domain, transaction),
    domainHash: domainHash(domain),
    messageHash: messageHash(transaction),
    executeData: null,
    obstacle: null,
    superseded: [],
  }
  return { execution, view }
}

describe('checkSafeTransaction', () => {
  test.each([1, 2])('an honest transaction of %i calls has no mismatch', (count) => {
    const { execution, view } = settled(Array.from({ length: count }, () => call))
    expect(checkSafeTransaction(execution, view).mismatches).toEqual([])
  })

  const { execution, view } = settled([call])
  test.each<[string, Partial<SafeSettlementView>]>([
    ['safeTxHash', { safeTxHash: `0x${'1'.repeat(64)}` }],
    ['domainHash', { domainHash: `0x${'1'.repeat(64)}` }],
    ['messageHash', { messageHash: `0x${'1'.repeat(64)}` }],
    ['Safe', { address: eve }],
    ['Safe', { chainId: 1 }],
    ['to', { transaction: { ...view.transaction, to: safe } }],
    ['value', { transaction: { ...view.transaction, value: '6' } }],
    ['data', { transaction: { ...view.transaction, data: '0x00' } }],
    ['operation', { transaction: { ...view.transaction, operation: 1 } }],
    ['safeTxGas', { transaction: { ...view.transaction, safeTxGas: '1' } }],
    ['gasPrice', { transaction: { ...view.transaction, gasPrice: '1' } }],
    ['gasToken', { transaction: { ...view.transaction, gasToken: eve } }],
    ['refundReceiver', { transaction: { ...view.transaction, refundReceiver: eve } }],
  ])('a lie about %s is named', (name, lie) => {
    expect(checkSafeTransaction(execution, { ...view, ...lie }).mismatches).toContain(name)
  })

  test('another nonce is another transaction: the hashes no longer fit', () => {
    const lie = { ...view, transaction: { ...view.transaction, nonce: '5' } }
    expect(checkSafeTransaction(execution, lie).mismatches).toEqual(['safeTxHash', 'messageHash'])
  })
})
