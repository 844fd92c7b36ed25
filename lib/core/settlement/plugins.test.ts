import fc from 'fast-check'
import { getAddress } from 'viem'
import { describe, expect, test } from 'vitest'
import { buildPlugins, parsePlugins, storedRef } from './plugins'

const ref = {
  chainId: 31337,
  safe: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  executionHash: `0x${'ab'.repeat(32)}`,
} as const
const text = `{"comitia":{"chainId":"31337","safe":"0x5FbDB2315678afecb367f032d93F642f64180aa3","executionHash":"0x${'ab'.repeat(32)}"}}`

describe('plugins', () => {
  test('have one exact text', () => {
    expect(buildPlugins(ref)).toBe(text)
    expect(parsePlugins(text)).toEqual(ref)
  })

  test('round-trip', () => {
    const bytes = (length: number) =>
      fc
        .uint8Array({ minLength: length, maxLength: length })
        .map((b) => `0x${Buffer.from(b).toString('hex')}` as const)
    const refs = fc.record({
      chainId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      safe: bytes(20).map((b) => getAddress(b)),
      executionHash: bytes(32),
    })
    fc.assert(
      fc.property(refs, (any) => {
        expect(parsePlugins(buildPlugins(any))).toEqual(any)
      }),
    )
  })

  test.each(['', '{}', '{"quorum":{"total":5}}', '[]', '"comitia"', 'null'])(
    '%s asks for no execution',
    (none) => {
      expect(parsePlugins(none)).toBeNull()
    },
  )

  test.each([
    '{comitia}',
    '{"comitia":1}',
    '{"comitia":{}}',
    text.replace('"31337"', '31337'),
    text.replace('"31337"', '"031337"'),
    text.replace('"31337"', '"9999999999999999"'),
    text.replace('5FbDB2', '5fbDB2'),
    text.replace(ref.safe, ref.safe.toLowerCase()),
    text.replaceAll('ab', 'AB'),
    text.replace('"chainId"', '"extra":1,"chainId"'),
    text.replace('{"comitia"', '{"quorum":{},"comitia"'),
    text.replace('"safe"', ' "safe"'),
    text.replace('"safe":', '"module":'),
  ])('refuses %s', (wrong) => {
    expect(() => parsePlugins(wrong)).toThrowErrorMatchingSnapshot()
  })

  test('are known again from stored JSON, whatever became of the order of its keys', () => {
    const module = {
      ...{ chainId: 10, module: ref.safe, config: ref.executionHash },
      executionHash: ref.executionHash,
    }
    for (const any of [ref, module]) {
      const { comitia } = JSON.parse(buildPlugins(any))
      const turned = { comitia: Object.fromEntries(Object.entries(comitia).reverse()) }
      expect(storedRef(turned)).toEqual(any)
    }
    for (const none of [{}, { quorum: 1 }, null, []]) expect(storedRef(none)).toBeNull()
  })
})
