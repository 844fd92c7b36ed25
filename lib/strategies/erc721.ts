import { z } from 'zod'
import { contractAddress, symbol } from './contract-address'
import { measureErc20, tokenName } from './erc20'
import { balanceOf } from './erc20-balance-of'
import { defineStrategy } from './strategy'

/** One voice for each token of an NFT contract in the voter's own account. */
export const erc721 = defineStrategy({
  id: 'erc721',
  version: 1,
  label: 'NFTs held',
  paramsSchema: z.object({ address: contractAddress('collection'), symbol }),
  example: { address: '0x57f1887a8BF19b14fC0dF6Fd9B2acc9Af147eA85', symbol: 'ENS' },
  describe: (params) =>
    `One vote for each NFT of ${tokenName(params)} in the voter's account at the snapshot block`,
  explainZero: (params) =>
    `You held no NFT of ${tokenName(params)} at the snapshot block. One bought, unstaked or bridged afterwards counts from the next snapshot on.`,
  measure: ({ chains }, request) =>
    measureErc20(
      chains,
      { ...request, params: { ...request.params, decimals: 0 } },
      { id: 'erc721', selector: balanceOf },
    ),
})
