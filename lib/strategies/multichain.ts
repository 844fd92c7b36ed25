import { z } from 'zod'
import { symbol } from './contract-address'
import {
  affectedByParts,
  defineNesting,
  demandsOfParts,
  describeParts,
  explainZeroOfParts,
  type Part,
  partsSchema,
  sumParts,
} from './nest'
import { defineStrategy, findBlockOn, type PowerRequest, type Sources } from './strategy'

/** Power on several chains, each at its own block of the same time, added up. */
export const multichain = defineNesting((findNested) =>
  defineStrategy({
    id: 'multichain',
    version: 1,
    label: 'Sum over several chains',
    paramsSchema: z.object({
      strategies: partsSchema(findNested),
      /** By chain id, the block before which what is read there does not count. */
      startBlocks: z.record(z.string(), z.int().nonnegative()).default({}),
      symbol,
    }),
    example: {
      strategies: [
        {
          name: 'erc20-balance-of',
          network: '1',
          params: { address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984', decimals: 18 },
        },
        {
          name: 'erc20-balance-of',
          network: '10',
          params: { address: '0x6fd9d7AD17242c41f7131d257212c54A0e816691', decimals: 18 },
        },
      ],
      symbol: 'UNI',
    },
    describe: ({ strategies }) => `Added up over several chains: ${describeParts(strategies)}`,
    explainZero: ({ strategies }) => explainZeroOfParts(strategies),
    demands: ({ strategies }) => demandsOfParts(strategies),
    async measure(ctx, request) {
      return sumParts(ctx, await listStarted(ctx, request), request)
    },
    listAffected: (ctx, request) => affectedByParts(ctx, request.params.strategies, request),
  }),
)

interface Params {
  readonly strategies: readonly Part[]
  readonly startBlocks: Readonly<Record<string, number>>
}

/** Those whose chain had come to its start block by then. */
async function listStarted(ctx: Sources, request: PowerRequest<Params>): Promise<Part[]> {
  const { strategies, startBlocks } = request.params
  const started: Part[] = []
  for (const part of strategies) {
    const start = startBlocks[part.chainId ?? request.block.chainId]
    const isEarly = start !== undefined && (await findBlockOn(ctx, request, part.chainId)).number < start
    if (!isEarly) started.push(part)
  }
  return started
}
