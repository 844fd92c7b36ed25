import { decodeErrorResult, encodeFunctionData, hexToString, isHex, padHex, trim } from 'viem'
import { AppError } from '../core/errors'
import type { ModuleConfig } from '../core/settlement/module-config'
import { multiSendCallOnly, multiSendData } from '../core/settlement/safe-transaction'
import { tallyCheckerAbi } from './abi/tally-checker'
import { votesPowerSourceAbi } from './abi/votes-power-source'
import type { BlockRef } from './blocks'
import type { Chains } from './chains'
import { checkerDeployment, moduleSingletons } from './module-deployment'
import { readChain } from './read-chain'

const abi = [...tallyCheckerAbi, ...votesPowerSourceAbi] as const

/** Where the checker never is, so that asking it looks the same whether the chain has one or not. */
const asked = checkerDeployment(padHex('0x01', { size: 32 }))

/**
 * The field of a config that a module would refuse at `block`, with a reason; null when it is safe. The contracts
 * answer themselves: those that the chain lacks are deployed for the question alone. Throws `chain_unavailable`.
 */
export async function findUnsafeValue(
  chains: Chains,
  { config, block }: { readonly config: ModuleConfig; readonly block: BlockRef },
): Promise<string | null> {
  const { chainId, number: blockNumber } = block
  const { powerSource } = moduleSingletons
  try {
    await readChain(chains, chainId, async (client) => {
      const hasSource = await client.getCode({ address: powerSource.address, blockNumber })
      const missing = [asked, ...(hasSource ? [] : [powerSource])]
      const calls = missing.map(({ to, data }) => ({ to, data, value: 0n, operation: 0 }) as const)
      await client.call({
        to: asked.address,
        data: encodeFunctionData({ abi, functionName: 'requireSafe', args: [config] }),
        factory: multiSendCallOnly.address,
        factoryData: multiSendData(calls),
        blockNumber,
      })
    })
    return null
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    return describe(error.details.reverted)
  }
}

function describe(reverted: unknown): string {
  const data = isHex(reverted) ? reverted : '0x'
  try {
    const { errorName, args } = decodeErrorResult({ abi, data })
    if (errorName === 'UnsafeConfig') return hexToString(trim(args[0], { dir: 'right' }))
    return `powerSource: ${errorName}(${args?.join(', ') ?? ''})`
  } catch {
    return `powerSource: it fails with ${data}`
  }
}
