import fc from 'fast-check'
import { encodeFunctionData, getAddress, hashTypedData, keccak256, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { batchLimits, batchSchema, type Call, executionHash, parseBatch } from './batch'

const to = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const safe = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const setFee = encodeFunctionData({
  abi: parseAbi(['function setFee(uint256 fee)']),
  functionName: 'setFee',
  args: [250n],
})

const hexBytes = (constraints: { minLength?: number; maxLength: number }) =>
  fc.uint8Array(constraints).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as const)
const address = hexBytes({ minLength: 20, maxLength: 20 })
  .filter((bytes) => BigInt(bytes) !== 0n)
  .map((bytes) => getAddress(bytes))
const call: fc.Arbitrary<Call> = fc.record({
  to: address,
  value: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  data: hexBytes({ maxLength: 70 }),
  operation: fc.constant(0 as const),
})
const batch = fc.record({
  chainId: fc.integer({ min: 1, max: 2 ** 40 }),
  verifyingContract: address,
  calls: fc.array(call, { minLength: 1, maxLength: 5 }),
})

describe('executionHash', () => {
  test('is the keccak of the packed SafeSnap transaction hashes, the index being the nonce', () => {
    const calls: Call[] = [
      { to, value: 10n ** 18n, data: '0x', operation: 0 },
      { to: safe, value: 0n, data: setFee, operation: 0 },
    ]
    const types = {
      Transaction: [
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'data', type: 'bytes' },
        { name: 'operation', type: 'uint8' },
        { name: 'nonce', type: 'uint256' },
      ],
    } as const
    const [first, second] = calls.map((message, index) =>
      hashTypedData({
        domain: { chainId: 31337, verifyingContract: safe },
        types,
        primaryType: 'Transaction',
        message: { ...message, nonce: BigInt(index) },
      }),
    )
    const hash = executionHash({ chainId: 31337, verifyingContract: safe, calls })
    expect(hash).toBe(keccak256(`${first}${second?.slice(2)}` as `0x${string}`))
    expect(hash).toMatchInlineSnapshot(`"0xb8d653e059e96e05d49f58f16c34c05996b9ba631e6147a04d1848b5237d6bc5"`)
  })

  test('changes with every field of every call, their order, their number, the chain and the account', () => {
    fc.assert(
      fc.property(batch, fc.nat(), address, call, ({ calls, ...where }, at, other, extra) => {
        const hash = executionHash({ ...where, calls })
        const index = at % calls.length
        const change = (patch: (call: Call) => Partial<Call>) =>
          executionHash({ ...where, calls: calls.map((c, i) => (i === index ? { ...c, ...patch(c) } : c)) })
        const changed = [
          change((c) => ({ value: c.value ^ 1n })),
          change((c) => ({ data: `${c.data}00` })),
          change((c) => ({ to: getAddress(`0x${(BigInt(c.to) ^ 2n).toString(16).padStart(40, '0')}`) })),
          executionHash({ ...where, calls: [...calls, extra] }),
          executionHash({ ...where, chainId: where.chainId + 1, calls }),
        ]
        if (other !== where.verifyingContract)
          changed.push(executionHash({ ...where, verifyingContract: other, calls }))
        const reversed = calls.toReversed()
        const palindrome = JSON.stringify(calls, String) === JSON.stringify(reversed, String)
        for (const c of changed) expect(c).not.toBe(hash)
        if (!palindrome) expect(executionHash({ ...where, calls: reversed })).not.toBe(hash)
        expect(executionHash({ ...where, calls })).toBe(hash)
      }),
    )
  })

  test('of nothing is refused', () => {
    expect(() => executionHash({ chainId: 1, verifyingContract: safe, calls: [] })).toThrow(
      'the batch is empty',
    )
  })
})

describe('the JSON form of a batch', () => {
  test('round-trips every call, normalised, whatever the case of its hex', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 5 }), (calls) => {
        const json = calls.map((c) => ({
          to: c.to.toLowerCase(),
          value: c.value.toString(),
          data: `0x${c.data.slice(2).toUpperCase()}`,
        }))
        expect(parseBatch(json)).toEqual(calls)
      }),
    )
  })

  test('keeps note and signature, which no hash covers, without the names that nothing confirms', () => {
    const explained = { signature: 'setFee(uint fee)', note: 'the fee agreed in May 🎉' }
    const [parsed] = parseBatch([{ to, value: '0', data: setFee, operation: 0, ...explained }])
    const [bare] = parseBatch([{ to, value: '0', data: setFee }])
    expect(parsed).toEqual({ ...bare, ...explained, signature: 'setFee(uint256)' })
    const hashOf = (calls: Call[]) => executionHash({ chainId: 1, verifyingContract: safe, calls })
    expect(parsed && bare && hashOf([parsed]) === hashOf([bare])).toBe(true)
  })

  test('gives a signature that reads the same data again', () => {
    const signature = 'pay((address to, uint256[2] amounts)[] payments, string memo)'
    const data = encodeFunctionData({
      abi: parseAbi([
        'struct P { address to; uint256[2] amounts; }',
        'function pay(P[] payments, string memo)',
      ]),
      args: [[{ to, amounts: [1n, 2n] }], 'May'],
    })
    for (const form of [signature, 'pay((address,uint256[2])[],string)']) {
      const [parsed] = parseBatch([{ to, value: '0', data, signature: form }])
      expect(parsed?.signature).toBe('pay((address,uint256[2])[],string)')
    }
  })

  test('accepts exactly what fits the limits', () => {
    const bytes = (count: number) => ({ to, value: '0', data: `0x${'00'.repeat(count)}` })
    expect(batchSchema.safeParse(Array(batchLimits.calls).fill(bytes(0))).success).toBe(true)
    expect(batchSchema.safeParse([bytes(batchLimits.bytes - 1), bytes(1)]).success).toBe(true)
    expect(batchSchema.safeParse([bytes(batchLimits.bytes), bytes(1)]).success).toBe(false)
  })

  const good = { to, value: '0', data: setFee }
  test.each([
    ['nothing', []],
    ['not a list', { calls: [] }],
    ['too many', Array(65).fill(good)],
    ['too long', [{ ...good, data: `0x${'00'.repeat(128 * 1024 + 1)}` }]],
    ['an address with a wrong checksum', [good, { ...good, to: to.replace('C', 'c') }]],
    ['no address', [{ ...good, to: 'treasury.eth' }]],
    ['the zero address', [{ ...good, to: `0x${'0'.repeat(40)}` }]],
    ['a value in ether', [{ ...good, value: '1.5' }]],
    ['a number', [{ ...good, value: 1 }]],
    ['a negative value', [{ ...good, value: '-1' }]],
    ['a value over 256 bits', [{ ...good, value: (2n ** 256n).toString() }]],
    ['half a byte', [{ ...good, data: '0x123' }]],
    ['a delegatecall', [{ ...good, operation: 1 }]],
    ['an unknown field', [{ ...good, gas: '1' }]],
    ['a signature with another selector', [{ ...good, signature: 'setRate(uint256 fee)' }]],
    [
      'a signature that leaves bytes over',
      [{ ...good, data: `${setFee}00`, signature: 'setFee(uint256 fee)' }],
    ],
    ['a note with NUL', [{ ...good, note: 'a\0b' }]],
    ['a note with half a character', [{ ...good, note: 'a\ud83d' }]],
    ['no signature at all', [{ ...good, signature: 'sets the fee' }]],
  ])('refuses %s in words', (_, json) => {
    let sentence = 'accepted'
    try {
      parseBatch(json)
    } catch (error) {
      sentence = String(error)
    }
    expect(sentence).toMatchSnapshot()
  })
})
