import fc from 'fast-check'
import { getAddress } from 'viem'
import { describe, expect, test } from 'vitest'
import { buildModulePlugins } from './module-plugins'
import { parsePlugins } from './plugins'

const ref = {
  chainId: 31337,
  module: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  config: `0x${'cd'.repeat(32)}`,
  executionHash: `0x${'ab'.repeat(32)}`,
} as const
const text = buildModulePlugins(ref)

describe('plugins of a module', () => {
  test('have one exact text', () => {
    expect(text).toBe(
      `{"comitia":{"chainId":"31337","module":"${ref.module}","config":"${ref.config}","executionHash":"${ref.executionHash}"}}`,
    )
  })

  test('round-trip', () => {
    const bytes = (length: number) =>
      fc
        .uint8Array({ minLength: length, maxLength: length })
        .map((b) => `0x${Buffer.from(b).toString('hex')}` as const)
    const refs = fc.record({
      chainId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      module: bytes(20).map((b) => getAddress(b)),
      config: bytes(32),
      executionHash: bytes(32),
    })
    fc.assert(
      fc.property(refs, (any) => {
        expect(parsePlugins(buildModulePlugins(any))).toEqual(any)
      }),
    )
  })

  test.each([
    text.replace('5FbDB2', '5fbDB2'),
    text.replace(ref.module, ref.module.toLowerCase()),
    text.replaceAll('cd', 'CD'),
    text.replaceAll('ab', 'AB'),
    text.replace(`,"config":"${ref.config}"`, ''),
    text.replace('"module"', `"safe":"${ref.module}","module"`),
    text.replace(`"config":"${ref.config}",`, '').replace('}}', `,"config":"${ref.config}"}}`),
    text.replace('"31337"', '"0x7a69"'),
  ])('refuses %s', (wrong) => {
    expect(() => parsePlugins(wrong)).toThrowErrorMatchingSnapshot()
  })
})
