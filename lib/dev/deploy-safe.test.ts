import Safe from '@safe-global/protocol-kit'
import { keccak256, parseAbi } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalContracts, contractNetworks, safeVersion } from '../execution/safe/canonical-contracts'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { deploySafe, deploySafeContracts } from './deploy-safe'

const safeAbi = parseAbi([
  'function getOwners() view returns (address[])',
  'function getThreshold() view returns (uint256)',
  'function VERSION() view returns (string)',
])
const owners = [accounts.Ada.address, accounts.Ben.address, accounts.Chloe.address]

describe.each([31337, 11155111])('on a local chain with id %i', (chainId) => {
  let chain: TestChain
  beforeAll(async () => {
    chain = await startTestChain({ chainId })
  })
  afterAll(() => chain.stop())

  const local = () => ({ rpcUrl: chain.rpcUrl, chainId, deployer: accounts.Hugo })

  test('every contract of Safe 1.4.1 has its canonical address and code, and a second run sends nothing', async () => {
    await deploySafeContracts(local())
    for (const { address, codeHash } of Object.values(canonicalContracts)) {
      expect(keccak256((await chain.client.getCode({ address })) ?? '0x')).toBe(codeHash)
    }
    const height = await chain.client.getBlockNumber()
    await deploySafeContracts(local())
    expect(await chain.client.getBlockNumber()).toBe(height)
  })

  test("its address is the one that Safe's own SDK predicts", async () => {
    const sdk = await Safe.init({
      provider: chain.rpcUrl,
      predictedSafe: {
        safeAccountConfig: { owners, threshold: 2 },
        safeDeploymentConfig: { saltNonce: '6', safeVersion },
      },
      contractNetworks: contractNetworks(chainId),
    })
    expect(await deploySafe({ ...local(), owners, threshold: 2, saltNonce: 6n })).toBe(await sdk.getAddress())
  })

  test('the same Safe is made once, another salt makes another', async () => {
    const wanted = { ...local(), owners, threshold: 2, saltNonce: 7n }
    const safe = await deploySafe(wanted)
    const height = await chain.client.getBlockNumber()
    expect(await deploySafe({ ...wanted, deployer: accounts.Ada.address })).toBe(safe)
    expect(await chain.client.getBlockNumber()).toBe(height)
    expect(await deploySafe({ ...wanted, saltNonce: 8n })).not.toBe(safe)

    const read = (functionName: 'getOwners' | 'getThreshold' | 'VERSION') =>
      chain.client.readContract({ address: safe, abi: safeAbi, functionName })
    expect(await Promise.all([read('getOwners'), read('getThreshold'), read('VERSION')])).toEqual([
      owners,
      2n,
      '1.4.1',
    ])
  })
})
