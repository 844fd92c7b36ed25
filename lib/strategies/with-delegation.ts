import { delegationParams, demandsOfDelegation } from './delegation'
import { listDelegates, measureDelegated } from './measure-delegated'
import { affectedByParts, defineNesting, describeParts, explainZeroOfParts, sumParts } from './nest'
import { defineStrategy } from './strategy'

/** The voter's power, unless he lends it, with that of those who lend him theirs. Who lends cannot take it back by voting. */
export const withDelegation = defineNesting((findNested) =>
  defineStrategy({
    id: 'with-delegation',
    version: 1,
    label: 'Own power and power delegated in the registry',
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
      `The voter's power, unless delegated, and that of those who delegated to the voter for ${delegationSpace} in Gnosis Guild's registry: ${describeParts(strategies)}`,
    explainZero: ({ strategies, delegationSpace }) =>
      `If you delegated for ${delegationSpace} before the snapshot block, your delegate votes with your power: clear the delegation before the next snapshot to vote yourself. If not: ${explainZeroOfParts(strategies)}`,
    demands: (params) => demandsOfDelegation(params),
    measure: (ctx, request) =>
      measureDelegated(ctx.chains, request, {
        space: request.params.delegationSpace,
        chainId: request.params.delegationNetwork,
        accountsOf: (delegations, voter) => [
          ...delegations.delegatorsOf(voter),
          ...(delegations.isLending(voter) ? [] : [voter]),
        ],
        measure: (voters) => sumParts(ctx, request.params.strategies, { ...request, voters }),
      }),
    async listAffected(ctx, request) {
      const { strategies, delegationSpace, delegationNetwork } = request.params
      const accounts = await affectedByParts(ctx, strategies, request)
      const source = { space: delegationSpace, chainId: delegationNetwork, accounts }
      return new Set([...accounts, ...(await listDelegates(ctx.chains, request, source))])
    },
  }),
)
