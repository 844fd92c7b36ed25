import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChain, type TestChain } from '../../testing/chain'
import { createTestContext, type TestContext } from '../../testing/context'
import { callDemoChain } from './call-demo-chain'

let chain: TestChain
let ctx: TestContext
let spinner: string

// GAS; PUSH 0; MSTORE; RETURN that word.
const gasLeft = '0x5a60005260206000f3'
// JUMPDEST; PUSH 0; JUMP, for ever.
const spin = '0x5b600056'

beforeAll(async () => {
  chain = await startTestChain()
  ctx = await createTestContext({ rpcUrls: { 31337: chain.rpcUrl } })
  spinner = `0x${'51'.repeat(20)}`
  for (const [address, code] of [
    [spinner, spin],
    [`0x${'6a'.repeat(20)}`, gasLeft],
  ]) {
    await fetch(chain.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_setCode', params: [address, code] }),
    })
  }
}, 60_000)

afterAll(async () => {
  await ctx?.close()
  await chain?.stop()
})

const call = (method: string, ...params: unknown[]) =>
  callDemoChain(ctx, { jsonrpc: '2.0', id: 1, method, params })

test('a call with as much gas as it likes gets a block’s', async () => {
  const to = `0x${'6a'.repeat(20)}`
  const gasIn = async (fields: object) => {
    const answer = await call('eth_call', { to, ...fields }, 'latest')
    return Number((answer as { result: string }).result)
  }
  const most = await gasIn({ gas: '0xffffffffffff' })
  expect(most).toBeGreaterThan(29_900_000)
  expect(most).toBeLessThan(30_000_000)
  expect(await gasIn({ gas: 30_000_000 })).toBe(most)
  expect(await gasIn({ gas: '0x186a0' })).toBeLessThan(100_000)
})

test.each(['eth_call', 'eth_estimateGas'])('%s of an endless loop ends', async (method) => {
  for (const gas of ['0xffffffffffff', undefined]) {
    expect(await call(method, { to: spinner, gas }, 'latest')).toMatchObject({ error: {} })
  }
})

test.each([
  ['a state override', [{ to: `0x${'51'.repeat(20)}` }, 'latest', {}]],
  ['a block override', [{ to: `0x${'51'.repeat(20)}` }, 'latest', null, {}]],
  ['gas that is no quantity', [{ gas: '99999999999' }]],
  ['no transaction', []],
  ['a transaction as a list', [[null, 1]]],
])('%s is refused', async (_, params) => {
  for (const method of ['eth_call', 'eth_estimateGas']) {
    expect(await call(method, ...params)).toMatchObject({ error: { code: -32602 } })
  }
})
