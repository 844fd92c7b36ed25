import type { Address } from 'viem'
import { type BlockRef, fetchBlock } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { findUnsafeValue } from '../../chain/find-unsafe-value'
import { type Deployment, moduleDeployment, moduleSingletons } from '../../chain/module-deployment'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { ModuleConfig } from '../../core/settlement/module-config'
import { buildModuleConfig, type ModuleSettings } from '../../core/settlement/module-settings'
import { readOwners } from './read-owners'
import { readToken, type VotesToken } from './read-token'

/** A module that could be, as the chain is at `block`. */
export interface Plan {
  readonly block: BlockRef
  readonly safe: Address
  readonly config: ModuleConfig
  readonly saltNonce: bigint
  readonly token: VotesToken
  readonly deployments: readonly (Deployment & { readonly isThere: boolean })[]
  readonly module: Address
  readonly isEnabled: boolean
  readonly owners: readonly Address[]
  readonly threshold: number
  /** Wei that the operator has for gas. */
  readonly operatorFunds: bigint
}

/**
 * Works out a Safe's module and checks everything that it depends on. Throws `misconfigured` with what must be changed first,
 * `chain_unavailable`.
 */
export async function makePlan(
  chains: Chains,
  wanted: {
    readonly chainId: number
    readonly safe: Address
    readonly settings: ModuleSettings
    readonly saltNonce: bigint
  },
): Promise<Plan> {
  const { chainId, safe, settings, saltNonce } = wanted
  const block = await fetchBlock(chains, chainId, 'latest')
  const token = await readToken(chains, { token: settings.powerSource.votes, block })
  const config = buildModuleConfig(settings, token, moduleSingletons.powerSource.address)
  const deployment = moduleDeployment({ safe, config, saltNonce })
  const module = deployment.address
  const owners = await readOwners(chains, { safe, module, block })
  const unsafe = await findUnsafeValue(chains, { config, block })
  if (unsafe)
    throw new AppError('misconfigured', { message: `the module would refuse this config: ${unsafe}` })
  return readChain(chains, chainId, async (client) => {
    const blockNumber = block.number
    const deployments = await Promise.all(
      [...Object.values(moduleSingletons), deployment].map(async (one) => ({
        ...one,
        isThere: (await client.getCode({ address: one.address, blockNumber })) !== undefined,
      })),
    )
    const operatorFunds = await client.getBalance({ address: config.operator, blockNumber })
    return { block, safe, config, saltNonce, token, deployments, module, ...owners, operatorFunds }
  })
}
