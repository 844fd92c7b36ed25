import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChain, type TestChain } from '../testing/chain'
import { fetchBlock, findBlockAt } from './blocks'
import { type Chains, createChains } from './chains'

let chain: TestChain
let chains: Chains
let timestamps: number[]

beforeAll(async () => {
  chain = await startTestChain({ flags: ['--timestamp', '1700000000'] })
  chains = createChains({ urls: { 31337: [chain.rpcUrl] } })
  // Uneven on purpose: a crowd of blocks, a gap of a day, several blocks in one second.
  for (const [blocks, interval] of [
    [40, 1],
    [3, 86_400],
    [20, 12],
    [5, 3_600],
    [30, 2],
  ] as const) {
    await chain.client.mine({ blocks, interval })
  }
  await chain.client.setBlockTimestampInterval({ interval: 0 })
  await chain.client.mine({ blocks: 4 })
  await chain.client.setBlockTimestampInterval({ interval: 7 })
  await chain.client.mine({ blocks: 3 })
  const height = Number(await chain.client.getBlockNumber())
  timestamps = await Promise.all(
    Array.from({ length: height + 1 }, async (_, i) =>
      Number((await chain.client.getBlock({ blockNumber: BigInt(i) })).timestamp),
    ),
  )
})
afterAll(() => chain.stop())

test('findBlockAt gives the last block that is not after the time', async () => {
  const [first, last] = [timestamps[0] ?? 0, timestamps.at(-1) ?? 0]
  const near = fc.constantFrom(...timestamps).chain((t) => fc.integer({ min: t - 1, max: t + 1 }))
  const times = fc.oneof(near, fc.integer({ min: first, max: last })).filter((t) => t >= first && t < last)
  await fc.assert(
    fc.asyncProperty(times, async (t) => {
      const block = await findBlockAt(chains, 31337, t)
      expect(block.number).toBe(BigInt(timestamps.findLastIndex((timestamp) => timestamp <= t)))
      expect(block.timestamp).toBe(timestamps[Number(block.number)])
    }),
    { numRuns: 80 },
  )
})

test('a second that may still get a block has no answer yet', async () => {
  const last = timestamps.at(-1) ?? 0
  await expect(findBlockAt(chains, 31337, last)).rejects.toMatchObject({ code: 'chain_unavailable' })
  await expect(findBlockAt(chains, 31337, last + 100)).rejects.toMatchObject({ retry: true })
})

test('a time before the chain is refused', async () => {
  await expect(findBlockAt(chains, 31337, 1_600_000_000)).rejects.toMatchObject({
    code: 'invalid',
    message: 'Chain 31337 did not exist at 2020-09-13T12:26:40.000Z.',
  })
})

test('fetchBlock names number, hash and time, and whether the block can still go away', async () => {
  const latest = await fetchBlock(chains, 31337, 'latest')
  expect(latest.number).toBe(BigInt(timestamps.length - 1))
  expect(latest.final).toBe(false)
  const past = await fetchBlock(chains, 31337, 10)
  const { hash } = await chain.client.getBlock({ blockNumber: 10n })
  expect(past).toEqual({ chainId: 31337, number: 10n, hash, timestamp: timestamps[10], final: true })
  expect(await fetchBlock(chains, 31337, 10n)).toEqual(past)
})

test('a block that is not mined yet is refused', async () => {
  await expect(fetchBlock(chains, 31337, 999_999)).rejects.toMatchObject({
    code: 'invalid',
    message: 'Block 999999 does not exist yet.',
  })
})
