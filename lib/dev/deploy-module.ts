import type { Address } from 'viem'
import { deployModule as deploy } from '../chain/deploy-module'
import type { ModuleConfig } from '../core/settlement/module-config'
import { connect, deploySafeContracts, type LocalChain } from './deploy-safe'

/**
 * A Safe's module on an anvil chain, with everything that it needs; the same arguments always name the same address, and
 * a module that is already there is left alone. Its owners must still enable it.
 */
export async function deployModule(
  options: LocalChain & {
    readonly safe: Address
    readonly config: ModuleConfig
    readonly saltNonce: bigint
  },
): Promise<Address> {
  await deploySafeContracts(options)
  return deploy(connect(options), options)
}
