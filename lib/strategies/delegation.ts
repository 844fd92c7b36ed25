import { z } from 'zod'
import { symbol } from './contract-address'
import { delegationSpace } from './delegate-registry'
import { listDelegates, measureDelegated } from './measure-delegated'
import {
  affectedByParts,
  defineNesting,
  demandsOfParts,
  describeParts,
  type FindNested,
  network,
  type Part,
  partsSchema,
  sumParts,
} from './nest'
import { type Demands, defineStrategy } from './strategy'

/** What `delegation` and `with-delegation` take. */
export const delegationParams = (findNested: FindNested) =>
  z.object({
    strategies: partsSchema(findNested),
    delegationSpace,
    /** The chain of the registry; that of the strategy unless told. */
    delegationNetwork: network.optional(),
    symbol,
  })

/** Power of those who delegated to the voter. Who votes himself takes his back. */
export const delegation = defineNesting((findNested) =>
  defineStrategy({
    id: 'delegation',
    version: 1,
    label: 'Power delegated in the registry',
    paramsSchema: delegationParams(findNested),
    example: {
      delegationSpace: 'dao.eth',
      strategies: [
        {
          name: 'erc20-balance-of',
          params: { address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984', symbol: 'UNI', decimals: 18 },
        },
      ],
    },
    describe: ({ strategies, delegationSpace }) =>
      `Power of those who delegated to the voter for ${delegationSpace} in Gnosis Guild's registry and do not vote themselves: ${describeParts(strategies)}`,
    explainZero: ({ delegationSpace }) =>
      `Nobody with power had delegated to you for ${delegationSpace} at the snapshot block, or they vote themselves. This is not about your own power.`,
    demands: (params) => ({ ...demandsOfDelegation(params), ballots: true }),
    measure: (ctx, request) =>
      measureDelegated(ctx.chains, request, {
        space: request.params.delegationSpace,
        chainId: request.params.delegationNetwork,
        accountsOf: (delegations, voter) =>
          delegations.delegatorsOf(voter).filter((delegator) => !request.ballots?.has(delegator)),
        measure: (voters) => sumParts(ctx, request.params.strategies, { ...request, voters }),
      }),
    async listAffected(ctx, request) {
      const { strategies, delegationSpace, delegationNetwork } = request.params
      const lenders = await affectedByParts(ctx, strategies, request)
      return listDelegates(ctx.chains, request, {
        space: delegationSpace,
        chainId: delegationNetwork,
        accounts: [...request.voters, ...lenders],
      })
    },
  }),
)

export function demandsOfDelegation({
  strategies,
  delegationNetwork,
}: {
  readonly strategies: readonly Part[]
  readonly delegationNetwork?: number | undefined
}): Demands {
  const demands = demandsOfParts(strategies)
  return delegationNetwork === undefined
    ? demands
    : { ...demands, chains: [...new Set([...demands.chains, delegationNetwork])] }
}
