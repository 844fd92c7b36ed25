import fc from 'fast-check'
import {
  encodeFunctionData,
  getAddress,
  type Hex,
  hashMessage,
  keccak256,
  serializeErc6492Signature,
  stringToHex,
  toHex,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostileWalletAbi, hostileWalletBytecode } from '../testing/abi/hostile-wallet'
import { legacyWalletAbi, legacyWalletBytecode } from '../testing/abi/legacy-wallet'
import { switchableWalletAbi, switchableWalletBytecode } from '../testing/abi/switchable-wallet'
import {
  switchableWalletFactoryAbi,
  switchableWalletFactoryBytecode,
} from '../testing/abi/switchable-wallet-factory'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { fetchBlock } from './blocks'
import { type Chains, createChains } from './chains'
import { verifySignature } from './verify-signature'

const hash = hashMessage('a vote')
const { Ada, Ben } = accounts
const refused = { code: 'invalid', message: 'signature validation failed' }

let chain: TestChain
let chains: Chains
let signature: Hex

beforeAll(async () => {
  chain = await startTestChain()
  chains = createChains({ urls: { 31337: [chain.rpcUrl] } })
  signature = await Ada.sign({ hash })
})
afterAll(() => chain.stop())

const verify = (address: Hex, signature: Hex, more: { hash?: Hex } = {}) =>
  verifySignature(chains, { chainId: 31337, address, hash, signature, ...more })

describe('ECDSA', () => {
  test('needs no chain', async () => {
    const nowhere = createChains({ urls: {} })
    expect(await verifySignature(nowhere, { chainId: 1, address: Ada.address, hash, signature })).toEqual({
      method: 'ecdsa',
    })
  })

  test('of somebody else, or of another message, is refused', async () => {
    await expect(verify(Ben.address, signature)).rejects.toMatchObject(refused)
    await expect(verify(Ada.address, signature, { hash: keccak256(hash) })).rejects.toMatchObject(refused)
  })

  test('one changed bit is refused', async () => {
    const bits = fc.integer({ min: 0, max: 64 * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        const bytes = Buffer.from(signature.slice(2), 'hex')
        bytes[bit >> 3] = bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7))
        await expect(verify(Ada.address, toHex(bytes))).rejects.toMatchObject(refused)
      }),
      { numRuns: 25 },
    )
  })
})

describe('EIP-1271', () => {
  test('the wallet decides, and the block it was asked at is told', async () => {
    const wallet = await chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Ada.address])
    const on = await fetchBlock(chains, 31337, 'latest')
    expect(await verify(wallet, signature)).toEqual({ method: 'eip1271', block: on })
    await expect(verify(wallet, await Ben.sign({ hash }))).rejects.toMatchObject(refused)

    await chain.confirm(
      chain.wallet('Ada').writeContract({
        address: wallet,
        abi: switchableWalletAbi,
        functionName: 'set',
        args: [false],
      }),
    )
    await expect(verify(wallet, signature)).rejects.toMatchObject(refused)
    // What it said of the past stays said.
    const again = await verifySignature(chains, {
      chainId: 31337,
      address: wallet,
      hash,
      signature,
      block: on,
    })
    expect(again).toEqual({ method: 'eip1271', block: on })
  })

  test("'0x' counts for a hash the wallet has approved, and for nothing else", async () => {
    const wallet = await chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Ada.address])
    await expect(verify(wallet, '0x')).rejects.toMatchObject(refused)
    await chain.confirm(
      chain.wallet('Ada').writeContract({
        address: wallet,
        abi: switchableWalletAbi,
        functionName: 'approve',
        args: [hash],
      }),
    )
    expect(await verify(wallet, '0x')).toMatchObject({ method: 'eip1271' })
    await expect(verify(wallet, '0x', { hash: keccak256(hash) })).rejects.toMatchObject(refused)
    await expect(verify(Ada.address, '0x')).rejects.toMatchObject(refused)
  })

  test('the draft form, as old wallets speak it', async () => {
    const wallet = await chain.deploy(legacyWalletAbi, legacyWalletBytecode, [Ada.address])
    expect(await verify(wallet, signature)).toMatchObject({ method: 'eip1271-legacy' })
    await expect(verify(wallet, await Ben.sign({ hash }))).rejects.toMatchObject(refused)
  })
})

describe('ERC-6492', () => {
  const salt = stringToHex('one', { size: 32 })
  const deployData = encodeFunctionData({
    abi: switchableWalletFactoryAbi,
    functionName: 'deploy',
    args: [Ada.address, salt],
  })
  let factory: Hex
  let wallet: Hex

  beforeAll(async () => {
    factory = await chain.deploy(switchableWalletFactoryAbi, switchableWalletFactoryBytecode, [])
    wallet = await chain.client.readContract({
      address: factory,
      abi: switchableWalletFactoryAbi,
      functionName: 'addressOf',
      args: [Ada.address, salt],
    })
  })

  const wrap = (signature: Hex, data: Hex = deployData) =>
    serializeErc6492Signature({ address: factory, data, signature })

  test('a wallet that is not deployed yet', async () => {
    await expect(verify(wallet, signature)).rejects.toMatchObject(refused)
    expect(await verify(wallet, wrap(signature))).toMatchObject({
      method: 'erc6492',
      block: { chainId: 31337 },
    })
    await expect(verify(wallet, wrap(await Ben.sign({ hash })))).rejects.toMatchObject(refused)
    expect(await chain.client.getCode({ address: wallet })).toBeUndefined()
  })

  test('a factory that deploys something else, or nothing', async () => {
    await expect(verify(wallet, wrap(signature, '0x'))).rejects.toMatchObject(refused)
    await expect(verify(Ben.address, wrap(signature))).rejects.toMatchObject(refused)
  })

  test('a suffix behind nonsense', async () => {
    const nonsense: Hex = `${signature}${'6492'.repeat(16)}`
    await expect(verify(wallet, nonsense)).rejects.toMatchObject(refused)
  })

  test('the same signature goes on counting after the deployment', async () => {
    await chain.confirm(chain.wallet('Ada').sendTransaction({ to: factory, data: deployData }))
    expect(await verify(wallet, wrap(signature))).toMatchObject({ method: 'erc6492' })
    expect(await verify(wallet, signature)).toMatchObject({ method: 'eip1271' })
  })
})

describe('a contract that does not behave', () => {
  const moods = ['reverts', 'burns all gas', 'answers garbage', 'answers nothing', 'answers a megabyte']
  test.each(moods.map((mood, i) => [mood, i] as const))('%s: refused, soon', async (_, mood) => {
    const wallet = await chain.deploy(hostileWalletAbi, hostileWalletBytecode, [mood])
    const started = performance.now()
    await expect(verify(wallet, signature)).rejects.toMatchObject(refused)
    await expect(
      verify(wallet, serializeErc6492Signature({ address: wallet, data: '0x', signature })),
    ).rejects.toMatchObject(refused)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('precompiles sign nothing, also the one that echoes the question', async () => {
    for (let n = 1; n <= 10; n++) {
      const address = getAddress(toHex(n, { size: 20 }))
      await expect(verify(address, signature)).rejects.toMatchObject(refused)
      const wrapped = serializeErc6492Signature({ address, data: '0x', signature })
      await expect(verify(address, wrapped)).rejects.toMatchObject(refused)
    }
  })
})

test('what is not hex is refused before anybody is asked', async () => {
  const nowhere = createChains({ urls: {} })
  for (const some of ['', '0xzz', '0x123', 'felt', `${signature}zz`]) {
    const request = { chainId: 1, address: Ada.address, hash, signature: some as Hex }
    await expect(verifySignature(nowhere, request)).rejects.toMatchObject(refused)
  }
})

test('a chain that cannot be asked is not a bad signature', async () => {
  const nowhere = createChains({ urls: { 31337: ['http://127.0.0.1:9'] } })
  const wallet = '0x0000000000000000000000000000000000005678'
  for (const some of [signature, '0x', `${signature}${'6492'.repeat(16)}`] as const) {
    await expect(
      verifySignature(nowhere, { chainId: 31337, address: wallet, hash, signature: some }),
    ).rejects.toMatchObject({ code: 'chain_unavailable' })
  }
})
