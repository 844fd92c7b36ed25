import type { Address, Hex } from 'viem'
import { parseAbi } from 'viem'
import { tallyModuleAbi } from '../../chain/abi/tally-module'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { ModuleConfig } from '../../core/settlement/module-config'
import type { PowerSource } from '../../core/settlement/power-source'
import { isTallyModule } from './is-tally-module'
import { readCode } from './read-code'
import { readConfig } from './read-config'
import { readSource } from './read-source'

/** A tally module at one block. */
export interface ModuleAccount {
  readonly address: Address
  readonly chainId: number
  /** Who makes its calls and who alone may change it: avatar, target and owner in one. */
  readonly safe: Address
  /** Its code, its mastercopy's and its checker's are what was compiled here, byte for byte. */
  readonly isGenuine: boolean
  /** The Safe makes the calls it is told to. */
  readonly isEnabled: boolean
  /** Of the current config, which new proposals must name. */
  readonly configHash: Hex
  readonly config: ModuleConfig
  readonly source: PowerSource
}

const safeAbi = parseAbi(['function isModuleEnabled(address module) view returns (bool)'])

/**
 * Reads a tally module at `block`. Where there is none that a Safe alone rules, `problem` says why in a sentence; that may
 * change later. An account that only behaves like one is told by `isGenuine`. Throws `chain_unavailable`.
 */
export async function readModule(
  chains: Chains,
  {
    module,
    chainId,
    block,
  }: { readonly module: Address; readonly chainId: number; readonly block: BlockRef },
): Promise<ModuleAccount | { readonly problem: string }> {
  const blockNumber = block.number
  const read = <Name extends 'avatar' | 'target' | 'owner' | 'configHash'>(functionName: Name) =>
    readChain(chains, chainId, (client) =>
      client.readContract({ address: module, abi: tallyModuleAbi, functionName, blockNumber }),
    )
  const notOne = { problem: `The contract at ${module} on chain ${chainId} is not a tally module.` }
  const code = await readCode(chains, { address: module, block })
  if (code === '0x') return { problem: `There is no contract at ${module} on chain ${chainId}.` }
  try {
    const [safe, target, owner, configHash, isGenuine] = await Promise.all([
      read('avatar'),
      read('target'),
      read('owner'),
      read('configHash'),
      isTallyModule(chains, { code, block }),
    ])
    if (target !== safe || owner !== safe) {
      return {
        problem: `The module ${module} on chain ${chainId} is not its Safe's alone: it acts for ${safe} through ${target}, and ${owner} can change it.`,
      }
    }
    const config = await readConfig(chains, { module, hash: configHash, block })
    if (!config) return notOne
    const [isEnabled, source] = await Promise.all([
      readIsEnabled(chains, { safe, module, block }),
      readSource(chains, { config, block }),
    ])
    return { address: module, chainId, safe, isGenuine, isEnabled, configHash, config, source }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return notOne
    throw error
  }
}

async function readIsEnabled(
  chains: Chains,
  { safe, module, block }: { readonly safe: Address; readonly module: Address; readonly block: BlockRef },
): Promise<boolean> {
  const question = { address: safe, abi: safeAbi, functionName: 'isModuleEnabled', args: [module] } as const
  try {
    return await readChain(chains, block.chainId, (client) =>
      client.readContract({ ...question, blockNumber: block.number }),
    )
  } catch (error) {
    // Not a Safe: nothing can be enabled on it.
    if (error instanceof AppError && error.code === 'invalid') return false
    throw error
  }
}
