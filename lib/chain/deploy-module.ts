import type { Account, Address, Chain, PublicClient, Transport, WalletClient } from 'viem'
import type { ModuleConfig } from '../core/settlement/module-config'
import { type Deployment, moduleDeployment, moduleSingletons } from './module-deployment'

/** Reads a chain, and sends from an account that pays. */
export interface Deployer {
  readonly client: Pick<PublicClient, 'getCode' | 'waitForTransactionReceipt'>
  readonly wallet: WalletClient<Transport, Chain, Account>
}

/**
 * Gives a Safe its module, and the chain whatever of the singletons it lacks. What is there stays: twice is once. Answers
 * with the module's address. The Safe's owners must still enable it. Throws what the client and the wallet throw.
 */
export async function deployModule(
  deployer: Deployer,
  module: { readonly safe: Address; readonly config: ModuleConfig; readonly saltNonce: bigint },
): Promise<Address> {
  for (const singleton of Object.values(moduleSingletons)) await deploy(deployer, singleton)
  const deployment = moduleDeployment(module)
  await deploy(deployer, deployment)
  return deployment.address
}

/** Makes the call of a deployment unless its contract is there. */
async function deploy({ client, wallet }: Deployer, { name, address, to, data }: Deployment): Promise<void> {
  if (await client.getCode({ address })) return
  const hash = await wallet.sendTransaction({ to, data })
  await client.waitForTransactionReceipt({ hash })
  if (!(await client.getCode({ address }))) throw new Error(`${name} was not deployed at ${address}: ${hash}`)
}
