import { getAddress, isAddress } from 'viem'
import { z } from 'zod'
import { defineStrategy } from './strategy'

const paramsSchema = z.object({
  addresses: z.array(
    z
      .string()
      .refine((value) => isAddress(value, { strict: false }), 'An entry of the list is not an address.')
      .transform((value) => getAddress(value)),
  ),
  symbol: z.string().max(64).optional(),
  /** Snapshot's other form, refused. */
  url: z
    .undefined('A list behind a URL can change after the vote has begun: give the addresses themselves.')
    .optional(),
})

/** One voice for each listed address. */
export const whitelist = defineStrategy({
  id: 'whitelist',
  version: 1,
  label: 'List of addresses',
  paramsSchema,
  example: { addresses: ['0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'], symbol: 'VOTE' },
  describe: ({ addresses }) => `One vote for each of ${addresses.length} listed addresses`,
  explainZero: () =>
    'Your address is not on the list of this vote. An admin of the space can add it for later ones.',
  async measure(_, { voters, params }) {
    const listed = new Set(params.addresses)
    return new Map(voters.map((voter) => [voter, listed.has(voter) ? 10n ** 18n : 0n]))
  },
})
