import { encodeFunctionData, erc20Abi, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Call } from './batch'
import { decodeCall } from './decode-call'

const target = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const ben = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const call = (patch: Partial<Call>): Call => ({ to: target, value: 0n, data: '0x', operation: 0, ...patch })
const transfer = (amount: bigint) =>
  encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [ben, amount] })

describe('decodeCall', () => {
  test('plain coins, to the last wei', () => {
    const decoded = decodeCall(call({ to: ben, value: 1_500_000_000_000_000_001n }), { nativeSymbol: 'ETH' })
    expect(decoded).toEqual({
      kind: 'send-native',
      to: ben,
      amount: 1_500_000_000_000_000_001n,
      summary: `Send 1.500000000000000001 ETH to ${ben}`,
    })
  })

  test('a token transfer, in units where the token is known and raw where it is not', () => {
    const data = transfer(1_250_000_001n)
    const known = decodeCall(call({ data }), { token: { symbol: 'USDC', decimals: 6 } })
    expect(known).toMatchObject({ kind: 'send-erc20', token: target, to: ben, amount: 1_250_000_001n })
    expect(known.summary).toBe(`Send 1250.000001 USDC to ${ben}`)
    expect(decodeCall(call({ data })).summary).toBe(
      `Send 1250000001 raw units of the token ${target} to ${ben}`,
    )
  })

  test('a transfer that also sends coins is a contract call and says so', () => {
    const decoded = decodeCall(call({ data: transfer(5n), value: 10n ** 17n }), { nativeSymbol: 'POL' })
    expect(decoded.kind).toBe('contract-call')
    expect(decoded.summary).toBe(`Call transfer(to: ${ben}, amount: 5) on ${target}, sending 0.1 POL along`)
  })

  test('names supplied by a proposer do not rename what everybody knows', () => {
    const decoded = decodeCall(call({ data: transfer(5n) }), {
      signature: 'transfer(address donor, uint256 refund)',
    })
    expect(decoded.kind).toBe('send-erc20')
  })

  test('a contract call by its signature', () => {
    const abi = parseAbi(['function setFee(uint256 fee, bool)'])
    const data = encodeFunctionData({ abi, functionName: 'setFee', args: [250n, true] })
    const decoded = decodeCall(call({ data }), { signature: 'setFee(uint256 fee, bool)' })
    expect(decoded).toEqual({
      kind: 'contract-call',
      to: target,
      value: 0n,
      functionName: 'setFee',
      arguments: [
        { name: 'fee', type: 'uint256', value: '250' },
        { name: '', type: 'bool', value: 'true' },
      ],
      summary: `Call setFee(fee: 250, true) on ${target}`,
    })
  })

  test('without a signature that fits, nothing is claimed', () => {
    const unknown = decodeCall(call({ data: '0x12345678ff' }), { signature: 'setFee(uint256 fee)' })
    expect(unknown).toMatchObject({ kind: 'unknown', selector: '0x12345678' })
    expect(unknown.summary).toBe(`Call ${target} with 5 bytes of data that nothing explains`)
    expect(decodeCall(call({ data: '0x12' }))).toMatchObject({ kind: 'unknown', selector: null })
  })
})
