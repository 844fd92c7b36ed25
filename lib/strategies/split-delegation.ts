import { z } from 'zod'
import { symbol } from './contract-address'
import { delegationSpace } from './delegate-registry'
import {
  affectedByParts,
  defineNesting,
  demandsOfParts,
  describeParts,
  explainZeroOfParts,
  partsSchema,
  sumParts,
} from './nest'
import { readLendingGraph } from './split-registry'
import { defineStrategy } from './strategy'
import { blameVoters } from './sum-accounts'

/** The voter's power and what others lent him of theirs, in parts and over several hands, without what he lends on. */
export const splitDelegation = defineNesting((findNested) =>
  defineStrategy({
    id: 'split-delegation',
    version: 1,
    label: 'Power delegated in parts',
    paramsSchema: z.object({
      strategies: partsSchema(findNested),
      delegationSpace,
      /** Whether who votes keeps what he delegated. */
      delegationOverride: z.boolean().default(false),
      /** Of Snapshot's, where a server counts; here the registry itself is read. */
      backendUrl: z.string().max(2_000).optional(),
      /** For display only. */
      totalSupply: z.union([z.number(), z.string().max(100)]).optional(),
      symbol,
    }),
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
      `The voter's power with what others delegated to the voter for ${delegationSpace} in Gnosis Guild's registries, in parts and over several hands, less what the voter delegated: ${describeParts(strategies)}`,
    explainZero: ({ strategies, delegationSpace }) =>
      `If you delegated all of it for ${delegationSpace} before the snapshot block, your delegates vote with your power: change the delegation before the next snapshot to vote yourself. If not: ${explainZeroOfParts(strategies)}`,
    demands: ({ strategies, delegationOverride }) => {
      const demands = demandsOfParts(strategies)
      return { ...demands, ballots: demands.ballots || delegationOverride }
    },
    async measure(ctx, request) {
      const { voters, block, params, ballots } = request
      if (voters.length === 0) return new Map()
      const graph = await blameVoters(
        request,
        () => [],
        () => readLendingGraph(ctx.chains, block, params.delegationSpace),
      )
      const powers = await blameVoters(
        request,
        (voter) => graph.sourcesOf([voter]),
        () => sumParts(ctx, params.strategies, { ...request, voters: graph.sourcesOf(voters) }),
      )
      // Who is asked about is asked because he votes: then he keeps his own.
      const { heldBy, leftTo } = graph.flow(powers, params.delegationOverride ? ballots : undefined)
      return new Map(
        voters.map((voter) => [voter, params.delegationOverride ? heldBy(voter) : leftTo(voter)]),
      )
    },
    async listAffected(ctx, request) {
      const { block, params, voters } = request
      const lenders = await affectedByParts(ctx, params.strategies, request)
      const graph = await readLendingGraph(ctx.chains, block, params.delegationSpace)
      return new Set(graph.reachedBy([...lenders, ...(params.delegationOverride ? voters : [])]))
    },
  }),
)
