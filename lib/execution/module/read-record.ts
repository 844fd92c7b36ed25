import { type Address, getAddress, type Hex, parseAbi, zeroAddress } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { ModuleConfig } from '../../core/settlement/module-config'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import type { ModuleRecord } from '../../core/settlement/module-state'
import { moduleAbi } from './module-abi'
import { readCode } from './read-code'
import { readConfig } from './read-config'

/** What a module and its Safe say of one proposal at one block. */
export interface ModuleReading {
  readonly record: ModuleRecord
  /** The one that the proposal names, whether it is current or not. */
  readonly config: ModuleConfig
  readonly isConfigCurrent: boolean
  /** The author took the proposal back, registered or not. */
  readonly isWithdrawn: boolean
  readonly safe: Address
  /** Whether the Safe obeys the module. */
  readonly isEnabled: boolean
}

const safeAbi = parseAbi(['function isModuleEnabled(address module) view returns (bool)'])

/**
 * Reads a proposal from its module at `block`. Where there is no module that could know it, `problem` says why in a
 * sentence; that may change later. Throws `chain_unavailable`.
 */
export async function readRecord(
  chains: Chains,
  wanted: {
    readonly ref: ModuleRef
    readonly proposal: Hex
    readonly author: Address
    readonly block: BlockRef
  },
): Promise<ModuleReading | { readonly problem: string }> {
  const { ref, proposal, author, block } = wanted
  const { chainId, module: address } = ref
  const at = { blockNumber: block.number } as const
  if ((await readCode(chains, { address, block })) === '0x') {
    return { problem: `There is no contract at ${address} on chain ${chainId}.` }
  }
  try {
    return await readChain(chains, chainId, async (client) => {
      const module = { address, abi: moduleAbi, ...at } as const
      const [registered, posted, isWithdrawn, current, config, safe] = await Promise.all([
        client.readContract({ ...module, functionName: 'proposalOf', args: [proposal] }),
        client.readContract({ ...module, functionName: 'commitmentOf', args: [proposal] }),
        client.readContract({ ...module, functionName: 'isCancelledBy', args: [author, proposal] }),
        client.readContract({ ...module, functionName: 'configHash' }),
        readConfig(chains, { module: address, hash: ref.config, block }),
        client.readContract({ ...module, functionName: 'avatar' }),
      ])
      if (!config) {
        return {
          problem: `The module ${address} on chain ${chainId} has never had the config ${ref.config}.`,
        }
      }
      const isEnabled = await client.readContract({
        address: safe,
        abi: safeAbi,
        functionName: 'isModuleEnabled',
        args: [address],
        ...at,
      })
      const { root, forPower, againstPower, abstainPower, count, committedAt } = posted
      return {
        record: {
          proposal: registered.author === zeroAddress ? null : numbered(registered),
          commitment:
            committedAt === 0n
              ? null
              : {
                  root,
                  count: Number(count),
                  totals: [forPower, againstPower, abstainPower],
                  committedAt: Number(committedAt),
                },
        },
        config,
        isConfigCurrent: current === ref.config,
        isWithdrawn,
        safe: getAddress(safe),
        isEnabled,
      }
    })
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') {
      return { problem: `The contract at ${address} on chain ${chainId} is not a tally module of a Safe.` }
    }
    throw error
  }
}

function numbered<P extends Record<'provenAt' | 'start' | 'end' | 'pausedUntil', bigint>>(proposal: P) {
  const { provenAt, start, end, pausedUntil } = proposal
  const times = { provenAt: Number(provenAt), start: Number(start), end: Number(end) }
  return { ...proposal, ...times, pausedUntil: Number(pausedUntil) }
}
