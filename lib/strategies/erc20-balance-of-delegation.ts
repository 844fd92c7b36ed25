import { delegationSpace } from './delegate-registry'
import { erc20ParamsSchema, measureErc20, tokenName } from './erc20'
import { balanceOf } from './erc20-balance-of'
import { listDelegates, measureDelegated } from './measure-delegated'
import { defineStrategy } from './strategy'

/** Tokens of those who delegated to the voter. Who votes himself takes his back. */
export const erc20BalanceOfDelegation = defineStrategy({
  id: 'erc20-balance-of-delegation',
  version: 1,
  label: 'Token balances delegated in the registry',
  paramsSchema: erc20ParamsSchema.extend({ delegationSpace }),
  example: {
    address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984',
    symbol: 'UNI',
    decimals: 18,
    delegationSpace: 'dao.eth',
  },
  describe: (params) =>
    `Balances of the token ${tokenName(params)}, at the snapshot block, of those who delegated to the voter for ${params.delegationSpace} in Gnosis Guild's registry and do not vote themselves`,
  explainZero: (params) =>
    `Nobody with ${tokenName(params)} had delegated to you for ${params.delegationSpace} at the snapshot block, or they vote themselves. This is not about your own tokens.`,
  demands: () => ({ ballots: true }),
  measure: ({ chains }, request) =>
    measureDelegated(chains, request, {
      space: request.params.delegationSpace,
      accountsOf: (delegations, voter) =>
        delegations.delegatorsOf(voter).filter((delegator) => !request.ballots?.has(delegator)),
      measure: (voters) =>
        measureErc20(
          chains,
          { ...request, voters },
          { id: 'erc20-balance-of-delegation', selector: balanceOf },
        ),
    }),
  listAffected: ({ chains }, request) =>
    listDelegates(chains, request, { space: request.params.delegationSpace, accounts: request.voters }),
})
