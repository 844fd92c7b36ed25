import { toFunctionSelector } from 'viem'
import { erc20ParamsSchema, measureErc20, tokenName } from './erc20'
import { defineStrategy } from './strategy'

export const balanceOf = toFunctionSelector('function balanceOf(address)')

/** Tokens in the voter's own account. */
export const erc20BalanceOf = defineStrategy({
  id: 'erc20-balance-of',
  version: 1,
  label: 'Token balance',
  paramsSchema: erc20ParamsSchema,
  example: { address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984', symbol: 'UNI', decimals: 18 },
  describe: (params) =>
    `Balance of the token ${tokenName(params)} in the voter's account at the snapshot block`,
  explainZero: (params) =>
    `You held no ${tokenName(params)} at the snapshot block. Tokens bought, unstaked or bridged afterwards count from the next snapshot on.`,
  measure: ({ chains }, request) =>
    measureErc20(chains, request, { id: 'erc20-balance-of', selector: balanceOf }),
})
