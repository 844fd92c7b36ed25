import { createRequire } from 'node:module'
import { getSingletonFactoryInfo } from '@safe-global/safe-singleton-factory'
import {
  type Account,
  type Address,
  concatHex,
  createTestClient,
  createWalletClient,
  defineChain,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  http,
  isAddressEqual,
  keccak256,
  numberToHex,
  padHex,
  parseAbi,
  parseTransaction,
  publicActions,
  sliceHex,
  zeroAddress,
} from 'viem'
import { canonicalContracts } from '../execution/safe/canonical-contracts'

/** A local chain and an account on it that pays for gas; an address must be unlocked there. */
export interface LocalChain {
  readonly rpcUrl: string
  readonly chainId: number
  readonly deployer: Account | Address
}

const sources: Record<keyof typeof canonicalContracts, string> = {
  Safe: 'Safe',
  SafeL2: 'SafeL2',
  SafeProxyFactory: 'proxies/SafeProxyFactory',
  MultiSend: 'libraries/MultiSend',
  MultiSendCallOnly: 'libraries/MultiSendCallOnly',
  CompatibilityFallbackHandler: 'handler/CompatibilityFallbackHandler',
  SignMessageLib: 'libraries/SignMessageLib',
  CreateCall: 'libraries/CreateCall',
  SimulateTxAccessor: 'accessors/SimulateTxAccessor',
}

const creationAbi = parseAbi([
  'function setup(address[] owners, uint256 threshold, address to, bytes data, address fallbackHandler, address paymentToken, uint256 payment, address paymentReceiver)',
  'function createProxyWithNonce(address singleton, bytes initializer, uint256 saltNonce)',
])

/** What precedes the factory's runtime code in its creation code. */
const creationPrefix = 14

/**
 * Puts Safe 1.4.1's contracts on an anvil chain, at their canonical addresses. Those already there stay. Throws
 * when one ends up with other code than it has on public chains.
 */
export async function deploySafeContracts({ rpcUrl, chainId, deployer }: LocalChain): Promise<void> {
  const { client, wallet } = connect({ rpcUrl, chainId, deployer })
  const factory = singletonFactory()
  if (!(await client.getCode({ address: factory.address }))) {
    await client.setCode({ address: factory.address, bytecode: factory.code })
  }
  for (const [name, { address, codeHash }] of Object.entries(canonicalContracts)) {
    const creation = artifactOf(sources[name as keyof typeof canonicalContracts]).bytecode
    const salt = padHex('0x', { size: 32 })
    const target = getContractAddress({ opcode: 'CREATE2', from: factory.address, salt, bytecode: creation })
    if (!isAddressEqual(target, address)) throw new Error(`${name} would be at ${target}, not at ${address}`)
    if (!(await client.getCode({ address }))) {
      const hash = await wallet.sendTransaction({ to: factory.address, data: concatHex([salt, creation]) })
      await client.waitForTransactionReceipt({ hash })
    }
    const code = (await client.getCode({ address })) ?? '0x'
    if (keccak256(code) !== codeHash) throw new Error(`${name} at ${address} has other code than elsewhere`)
  }
}

/**
 * A Safe 1.4.1 with these owners; the same arguments always name the same address, and a Safe that is already
 * there is left alone.
 */
export async function deploySafe(
  options: LocalChain & {
    readonly owners: readonly Address[]
    readonly threshold: number
    readonly saltNonce: bigint
  },
): Promise<Address> {
  const { owners, threshold, saltNonce } = options
  await deploySafeContracts(options)
  const { client, wallet } = connect(options)
  const factory = canonicalContracts.SafeProxyFactory.address
  const singleton = canonicalContracts.Safe.address
  const { address: handler } = canonicalContracts.CompatibilityFallbackHandler
  const setup = encodeFunctionData({
    abi: creationAbi,
    functionName: 'setup',
    args: [owners, BigInt(threshold), zeroAddress, '0x', handler, zeroAddress, 0n, zeroAddress],
  })
  const address = getContractAddress({
    opcode: 'CREATE2',
    from: factory,
    salt: keccak256(concatHex([keccak256(setup), numberToHex(saltNonce, { size: 32 })])),
    bytecode: concatHex([artifactOf('proxies/SafeProxy').bytecode, padHex(singleton, { size: 32 })]),
  })
  if (!(await client.getCode({ address }))) {
    const data = encodeFunctionData({
      abi: creationAbi,
      functionName: 'createProxyWithNonce',
      args: [singleton, setup, saltNonce],
    })
    const hash = await wallet.sendTransaction({ to: factory, data })
    await client.waitForTransactionReceipt({ hash })
  }
  if (!(await client.getCode({ address }))) throw new Error(`the Safe ${address} was not created`)
  return address
}

/** Reads the chain, and sends from the account that pays. */
export function connect({ rpcUrl, chainId, deployer }: LocalChain) {
  const chain = defineChain({
    id: chainId,
    name: 'local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  const transport = http(rpcUrl)
  return {
    client: createTestClient({ mode: 'anvil', chain, transport, pollingInterval: 50 }).extend(publicActions),
    wallet: createWalletClient({ account: deployer, chain, transport }),
  }
}

/** The factory's address is the same on every chain; its signed deployment for chain 1 carries its code. */
function singletonFactory(): { readonly address: Address; readonly code: Hex } {
  const info = getSingletonFactoryInfo(1)
  const creation = info && parseTransaction(info.transaction as Hex).data
  if (!creation) throw new Error('safe-singleton-factory carries no deployment')
  return { address: info.address as Address, code: sliceHex(creation, creationPrefix) }
}

/** A contract of Safe, compiled; `source` is its file without the ending. */
function artifactOf(source: string): { readonly bytecode: Hex } {
  const name = source.split('/').at(-1)
  const path = `@safe-global/safe-contracts/build/artifacts/contracts/${source}.sol/${name}.json`
  return createRequire(import.meta.url)(path)
}
