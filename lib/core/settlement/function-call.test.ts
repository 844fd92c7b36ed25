import fc from 'fast-check'
import { encodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeFunctionCall } from './function-call'

describe('decodeFunctionCall', () => {
  test('writes every kind of argument down exactly', () => {
    const signature =
      'act(uint256 amount, int8, bool yes, address who, bytes raw, string text, uint16[2] pair, (address to, uint256[] parts, string why) plan, (bool, string)[] rows)'
    const data = encodeFunctionData({
      abi: parseAbi([
        'function act(uint256 amount, int8, bool yes, address who, bytes raw, string text, uint16[2] pair, (address to, uint256[] parts, string why) plan, (bool, string)[] rows)',
      ]),
      functionName: 'act',
      args: [
        2n ** 255n,
        -7,
        true,
        '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
        '0xabcd',
        'hello, "world"',
        [1, 2],
        { to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', parts: [3n, 4n], why: 'a, b' },
        [
          [true, 'x'],
          [false, ''],
        ],
      ],
    })
    const call = decodeFunctionCall(signature, data)
    expect(call.name).toBe('act')
    expect(call.arguments.map(({ name, type, value }) => `${type} ${name}= ${value}`)).toMatchInlineSnapshot(`
      [
        "uint256 amount= 57896044618658097711785492504343953926634992332820282019728792003956564819968",
        "int8 = -7",
        "bool yes= true",
        "address who= 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "bytes raw= 0xabcd",
        "string text= hello, "world"",
        "uint16[2] pair= [1, 2]",
        "tuple plan= {to: 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC, parts: [3, 4], why: "a, b"}",
        "tuple[] rows= [{true, "x"}, {false, ""}]",
      ]
    `)
  })

  test('takes no arguments for an empty list and nothing for plain data', () => {
    expect(decodeFunctionCall('pause()', '0x8456cb59')).toEqual({ name: 'pause', arguments: [] })
    expect(() => decodeFunctionCall('pause()', '0x')).toThrow('the data starts with 0x')
  })

  test('refuses data with any byte more, less or changed in its padding', () => {
    const signature = 'pay(address to, bytes memo)'
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (memo, count) => {
        const data = encodeFunctionData({
          abi: parseAbi(['function pay(address to, bytes memo)']),
          functionName: 'pay',
          args: ['0x70997970C51812dc3A010C7d01b50e0d17dc79C8', `0x${Buffer.from(memo).toString('hex')}`],
        })
        expect(decodeFunctionCall(signature, data).name).toBe('pay')
        const dirty = `${data.slice(0, 10)}01${data.slice(12)}` as const
        for (const wrong of [`${data}${'00'.repeat(count)}`, data.slice(0, -2 * count), dirty]) {
          expect(() => decodeFunctionCall(signature, wrong as `0x${string}`)).toThrow('not an exact encoding')
        }
      }),
    )
  })

  test.each([
    '',
    'pay',
    'pay(uint256',
    'pay(nothing x)',
    'event Paid(uint256 x)',
    `pay(${'uint256,'.repeat(200)}uint256)`,
  ])('refuses the signature %j', (signature) => {
    expect(() => decodeFunctionCall(signature, '0x12345678')).toThrow('is not a function signature')
  })
})
