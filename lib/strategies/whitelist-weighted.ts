import { getAddress, isAddress } from 'viem'
import { z } from 'zod'
import { amount } from './amount'
import { symbol } from './contract-address'
import { defineStrategy } from './strategy'

const paramsSchema = z.object({
  /** Votes by address; of one that is there twice, in two spellings, the last counts. */
  addresses: z
    .record(z.string(), amount)
    .refine((given) => Object.keys(given).every((key) => isAddress(key, { strict: false })), {
      error: 'An entry of the list is not an address.',
      abort: true,
    })
    .transform((given) => new Map(Object.entries(given).map(([key, votes]) => [getAddress(key), votes]))),
  symbol,
})

/** For each listed address the votes that the list says. */
export const whitelistWeighted = defineStrategy({
  id: 'whitelist-weighted',
  version: 1,
  label: 'List of addresses with weights',
  paramsSchema,
  example: { addresses: { '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045': 5 }, symbol: 'VOTE' },
  describe: ({ addresses }) => `A number of votes for each of ${addresses.size} listed addresses`,
  explainZero: () =>
    'Your address is not on the list of this vote, or stands there with 0 votes. An admin of the space can change it for later ones.',
  async measure(_, { voters, params }) {
    return new Map(voters.map((voter) => [voter, params.addresses.get(voter) ?? 0n]))
  },
})
