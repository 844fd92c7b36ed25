import { formatUnits } from 'viem'
import { amount } from './amount'
import { erc20ParamsSchema, measureErc20, tokenName } from './erc20'
import { balanceOf } from './erc20-balance-of'
import { defineStrategy } from './strategy'

const paramsSchema = erc20ParamsSchema.extend({
  /** In whole tokens. Who holds less has no power, who holds as much has all of it. */
  minBalance: amount.default(0n),
})

/** Tokens in the voter's own account, if there are enough. */
export const balanceOfWithMin = defineStrategy({
  id: 'balance-of-with-min',
  version: 1,
  label: 'Token balance above a minimum',
  paramsSchema,
  example: {
    address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984',
    symbol: 'UNI',
    decimals: 18,
    minBalance: 10,
  },
  describe: (params) =>
    `Balance of the token ${tokenName(params)} in the voter's account at the snapshot block, if it is at least ${formatUnits(params.minBalance, 18)}`,
  explainZero: (params) =>
    `You held less than ${formatUnits(params.minBalance, 18)} of ${tokenName(params)}, or none, at the snapshot block. Tokens bought, unstaked or bridged afterwards count from the next snapshot on.`,
  async measure({ chains }, request) {
    const { minBalance } = request.params
    const powers = await measureErc20(chains, request, { id: 'balance-of-with-min', selector: balanceOf })
    return new Map([...powers].map(([voter, power]) => [voter, power >= minBalance ? power : 0n]))
  },
})
