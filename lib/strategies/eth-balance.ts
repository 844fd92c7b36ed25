import { z } from 'zod'
import { fetchBalances } from '../chain/fetch-balances'
import { decimals, symbol } from './contract-address'
import { defineStrategy } from './strategy'
import { toPower } from './to-power'

/** What the voter's account holds of the chain's own currency. */
export const ethBalance = defineStrategy({
  id: 'eth-balance',
  version: 1,
  label: 'Ether balance',
  // Snapshot takes 0 for 18.
  paramsSchema: z.object({ symbol, decimals: decimals.transform((value) => value || 18) }),
  example: { symbol: 'ETH', decimals: 18 },
  describe: ({ symbol = "the chain's own currency" }) =>
    `Balance of ${symbol} in the voter's account at the snapshot block`,
  explainZero: ({ symbol = "the chain's own currency" }) =>
    `Your account held nothing of ${symbol} at the snapshot block. What comes in afterwards counts from the next snapshot on; tokens that stand for it do not.`,
  async measure({ chains }, { voters, block, params }) {
    const balances = await fetchBalances(chains, block, voters)
    return new Map(voters.map((voter, i) => [voter, toPower(balances[i] ?? 0n, params.decimals)]))
  },
})
