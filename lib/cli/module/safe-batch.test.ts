import { expect, test } from 'vitest'
import { batchChecksum, safeBatch } from './safe-batch'

test('the checksum is that of a file which the Transaction Builder 1.18.2 wrote', () => {
  const written = {
    ...{ version: '1.0', chainId: '1', createdAt: 1761326849944 },
    meta: {
      name: 'Transactions Batch',
      description: '',
      txBuilderVersion: '1.18.2',
      createdFromSafeAddress: '0xA77DE01e157f9f57C7c4A326eeE9C4874D0598b6',
      createdFromOwnerAddress: '',
    },
    transactions: [
      {
        to: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
        value: '0',
        data: null,
        contractMethod: {
          inputs: [
            { internalType: 'address', name: 'spender', type: 'address' },
            { internalType: 'uint256', name: 'value', type: 'uint256' },
          ],
          name: 'approve',
          payable: false,
        },
        contractInputsValues: {
          spender: '0x474e5Ded6b5D078163BFB8F6dBa355C3aA5478C8',
          value: '100000000000',
        },
      },
    ],
  }
  expect(batchChecksum(written)).toBe('0x8b5032f716845c8b08bab3d63dbd9ba92e056f3557793cd041e59b84e16aa989')
})

test('a batch carries its checksum, which any change of a call breaks', () => {
  const safe = '0xA77DE01e157f9f57C7c4A326eeE9C4874D0598b6'
  const transactions = [{ to: safe, value: 0n, data: '0x1234' }] as const
  const batch = safeBatch({ chainId: 10, safe, name: 'One', createdAt: 1, transactions })
  const { checksum, ...meta } = batch.meta
  expect(batchChecksum({ ...batch, meta })).toBe(checksum)
  const changed = { ...batch, meta, transactions: [{ to: safe, value: '1', data: '0x1234' }] }
  expect(batchChecksum(changed)).not.toBe(checksum)
})
