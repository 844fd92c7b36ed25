import { numberToHex, toFunctionSelector } from 'viem'
import { z } from 'zod'
import { contractAddress, decimals, symbol } from './contract-address'
import { measureErc20, tokenName } from './erc20'
import { defineStrategy } from './strategy'

const selector = toFunctionSelector('function balanceOf(address,uint256)')

const paramsSchema = z.object({
  address: contractAddress('collection'),
  tokenId: z
    .union([
      z.int().nonnegative(),
      z.string().regex(/^(\d{1,78}|0x[0-9a-fA-F]{1,64})$/, 'must be a number in decimal or hex'),
    ])
    .transform(BigInt)
    .refine((id) => id < 2n ** 256n, 'must be below 2^256'),
  decimals,
  symbol,
})

/** Tokens of one kind, of a contract with many kinds, in the voter's own account. */
export const erc1155BalanceOf = defineStrategy({
  id: 'erc1155-balance-of',
  version: 1,
  label: 'Balance of one kind of token',
  paramsSchema,
  example: {
    address: '0xD4416b13d2b3a9aBae7AcD5D6C2BbDBE25686401',
    tokenId: '1',
    symbol: 'NAME',
    decimals: 0,
  },
  describe: (params) =>
    `Balance of kind ${params.tokenId} of ${tokenName(params)} in the voter's account at the snapshot block`,
  explainZero: (params) =>
    `You held nothing of kind ${params.tokenId} of ${tokenName(params)} at the snapshot block. What you got afterwards counts from the next snapshot on.`,
  measure: ({ chains }, request) =>
    measureErc20(chains, request, {
      id: 'erc1155-balance-of',
      selector,
      tail: numberToHex(request.params.tokenId, { size: 32 }),
    }),
})
