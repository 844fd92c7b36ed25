import type { Address } from 'abitype'
import { getAddress } from 'viem/utils'
import type { HexString } from '../views/hex-string'

/** A proposal that a Safe's tally module settles, as its signed `plugins` name it. */
export interface ModuleRef {
  readonly chainId: number
  /** EIP-55. */
  readonly module: Address
  /** Hash of the module's config under which the author wants it decided. */
  readonly config: HexString
  readonly executionHash: HexString
}

/** The exact `plugins` text, which the contract rebuilds from these four values. */
export function buildModulePlugins({ chainId, module, config, executionHash }: ModuleRef): string {
  return JSON.stringify({
    comitia: { chainId: String(chainId), module: getAddress(module), config, executionHash },
  })
}
