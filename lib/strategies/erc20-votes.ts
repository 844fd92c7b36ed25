import { toFunctionSelector } from 'viem'
import { erc20ParamsSchema, measureErc20, tokenName } from './erc20'
import { defineStrategy } from './strategy'

// At a named block `getVotes` is what `getPastVotes` says of that block ever after, whatever clock the token keeps.
const selector = toFunctionSelector('function getVotes(address)')

/** Votes of a token in the style of OpenZeppelin's ERC20Votes or Compound: what is delegated to the voter. */
export const erc20Votes = defineStrategy({
  id: 'erc20-votes',
  version: 1,
  label: 'Delegated token votes',
  paramsSchema: erc20ParamsSchema,
  example: { address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984', symbol: 'UNI', decimals: 18 },
  describe: (params) =>
    `Votes of the token ${tokenName(params)} delegated to the voter at the snapshot block`,
  explainZero: (params) =>
    `No votes of ${tokenName(params)} were delegated to you at the snapshot block. Tokens give no votes by being held: delegate them, to yourself or to somebody else, before the next snapshot.`,
  measure: ({ chains }, request) => measureErc20(chains, request, { id: 'erc20-votes', selector }),
})
