import { type Abi, type Address, type Hex, labelhash, namehash, zeroAddress } from 'viem'
import { mockEnsAbi, mockEnsBytecode } from './abi/mock-ens'
import { startTestChain, type TestChain } from './chain'

const addresses = {
  registry: '0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e',
  registrar: '0x57f1887a8BF19b14fC0dF6Fd9B2acc9Af147eA85',
  wrapper: '0xD4416b13d2b3a9aBae7AcD5D6C2BbDBE25686401',
  resolver: '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe',
} as const

/** A local Ethereum with a stand-in for ENS at its own addresses, and what people do with names there. */
export interface TestEns {
  readonly chain: TestChain
  /** Null: to nobody. */
  giveName(name: string, owner: Address | null): Promise<void>
  /** Moves the name's .eth registration; `expires` is unix seconds. */
  register(name: string, expires: number): Promise<void>
  /** With `emancipated` the name is its owner's alone, until it expires. */
  wrap(name: string, given: { owner: Address; emancipated: boolean; expires: number }): Promise<void>
  setRecord(name: string, text: string): Promise<void>
  setAddress(name: string, address: Address): Promise<void>
  /** What the resolver's error carries from now on; `0x`: it works. */
  fail(data: Hex): Promise<void>
}

const PARENT_CANNOT_CONTROL = 1 << 16

export async function startTestEns({ chainId = 1 } = {}): Promise<TestEns> {
  const chain = await startTestChain({ chainId })
  const mock = await chain.deploy(mockEnsAbi, mockEnsBytecode, [])
  const bytecode = (await chain.client.getCode({ address: mock })) ?? '0x'
  for (const address of Object.values(addresses)) await chain.client.setCode({ address, bytecode })

  const write = async (at: keyof typeof addresses, functionName: string, args: readonly unknown[]) => {
    const call = { address: addresses[at], abi: mockEnsAbi as Abi, functionName, args }
    await chain.confirm(chain.wallet('Ada').writeContract(call))
  }
  return {
    chain,
    giveName: (name, owner) => write('registry', 'setOwner', [namehash(name), owner ?? zeroAddress]),
    register: (name, expires) =>
      write('registrar', 'setExpiry', [BigInt(labelhash(name.split('.').at(-2) ?? '')), BigInt(expires)]),
    async wrap(name, { owner, emancipated, expires }) {
      const fuses = emancipated ? PARENT_CANNOT_CONTROL : 0
      await write('registry', 'setOwner', [namehash(name), addresses.wrapper])
      await write('wrapper', 'wrap', [namehash(name), owner, fuses, BigInt(expires)])
    },
    setRecord: (name, text) => write('resolver', 'setText', [namehash(name), text]),
    setAddress: (name, address) => write('resolver', 'setAddr', [namehash(name), address]),
    fail: (data) => write('resolver', 'setFailure', [data]),
  }
}
