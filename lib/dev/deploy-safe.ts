import { createRequire } from 'node:module'
import Safe from '@safe-global/protocol-kit'
import { getSingletonFactoryInfo } from '@safe-global/safe-singleton-factory'
import {
  type Account,
  type Address,
  concatHex,
  createTestClient,
  createWalletClient,
  defineChain,
  getContractAddress,
  type Hex,
  http,
  isAddressEqual,
  keccak256,
  padHex,
  parseTransaction,
  publicActions,
  sliceHex,
} from 'viem'
import { canonicalContracts, contractNetworks, safeVersion } from '../execution/safe/canonical-contracts'

/** A local chain and an account on it that pays for gas; an address must be unlocked there. */
export interface LocalChain {
  readonly rpcUrl: string
  readonly chainId: number
  readonly deployer: Account | Address
}

const sources: Record<keyof typeof canonicalContracts, string> = {
  Safe: 'Safe.sol',
  SafeL2: 'SafeL2.sol',
  SafeProxyFactory: 'proxies/SafeProxyFactory.sol',
  MultiSend: 'libraries/MultiSend.sol',
  MultiSendCallOnly: 'libraries/MultiSendCallOnly.sol',
  CompatibilityFallbackHandler: 'handler/CompatibilityFallbackHandler.sol',
  SignMessageLib: 'libraries/SignMessageLib.sol',
  CreateCall: 'libraries/CreateCall.sol',
  SimulateTxAccessor: 'accessors/SimulateTxAccessor.sol',
}

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
    const creation = creationCode(name as keyof typeof canonicalContracts)
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
  const { rpcUrl, chainId, owners, threshold, saltNonce } = options
  await deploySafeContracts(options)
  const { client, wallet } = connect(options)
  const safe = await Safe.init({
    provider: rpcUrl,
    predictedSafe: {
      safeAccountConfig: { owners: [...owners], threshold },
      safeDeploymentConfig: { saltNonce: saltNonce.toString(), safeVersion },
    },
    contractNetworks: contractNetworks(chainId),
  })
  const address = (await safe.getAddress()) as Address
  if (!(await client.getCode({ address }))) {
    const { to, data } = await safe.createSafeDeploymentTransaction()
    const hash = await wallet.sendTransaction({ to: to as Address, data: data as Hex })
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

function creationCode(name: keyof typeof canonicalContracts): Hex {
  const path = `@safe-global/safe-contracts/build/artifacts/contracts/${sources[name]}/${name}.json`
  return createRequire(import.meta.url)(path).bytecode
}
