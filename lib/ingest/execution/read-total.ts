import { votesPowerSourceAbi } from '../../chain/abi/votes-power-source'
import type { BlockRef } from '../../chain/blocks'
import { readChain } from '../../chain/read-chain'
import { AppError, refuse } from '../../core/errors'
import type { ModuleConfig } from '../../core/settlement/module-config'
import type { IngestContext } from '../rule'

/** Where a module reads power, asked at its chain's newest block. */
export interface PowerAt {
  readonly config: ModuleConfig
  readonly timepoint: bigint
  readonly head: BlockRef
}

const LIMIT = 2n ** 128n

/** All power at the timepoint, in the source's smallest unit. Refuses more than a module can count. */
export async function readTotal(ctx: IngestContext, { config, timepoint, head }: PowerAt): Promise<bigint> {
  const { powerSource: address, powerParams } = config
  const question = { address, abi: votesPowerSourceAbi, functionName: 'totalAt' } as const
  const total = await readChain(ctx.chains, head.chainId, (client) =>
    client.readContract({ ...question, args: [powerParams, timepoint], blockNumber: head.number }),
  ).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    return refuse('The token does not tell how many votes there were at the snapshot: sign another one.')
  })
  if (total >= LIMIT) {
    refuse(`There are ${total} units of voting power at the snapshot, more than a module can count.`)
  }
  return total
}
