import { type Address, decodeAbiParameters } from 'viem'
import { votesPowerSourceAbi, votesPowerSourceRuntime } from '../../chain/abi/votes-power-source'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { ModuleConfig } from '../../core/settlement/module-config'
import type { PowerSource } from '../../core/settlement/power-source'
import { isRuntime } from './is-runtime'
import { readCode } from './read-code'

/** What a config's power source is at `block`. Throws `chain_unavailable`. */
export async function readSource(
  chains: Chains,
  { config, block }: { readonly config: ModuleConfig; readonly block: BlockRef },
): Promise<PowerSource> {
  const { powerSource, powerParams } = config
  const code = await readCode(chains, { address: powerSource, block })
  if (!isRuntime(code, votesPowerSourceRuntime)) return { kind: 'unknown' }
  try {
    const [now, isTimestamp] = await readChain(chains, block.chainId, (client) =>
      client.readContract({
        address: powerSource,
        abi: votesPowerSourceAbi,
        functionName: 'clock',
        args: [powerParams],
        blockNumber: block.number,
      }),
    )
    const token = tokenOf(powerParams)
    return { kind: 'votes', token, clock: isTimestamp ? 'timestamp' : 'block-number', now }
  } catch (error) {
    // A token whose clock has become another one.
    if (error instanceof AppError && error.code === 'invalid') return { kind: 'unknown' }
    throw error
  }
}

/** The source answered for these params, so that they hold an address. */
function tokenOf(params: ModuleConfig['powerParams']): Address {
  return decodeAbiParameters([{ type: 'address' }], params)[0]
}
