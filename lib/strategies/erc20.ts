import { type Address, getAddress, type Hex, isAddress } from 'viem'
import { z } from 'zod'
import type { Chains } from '../chain/chains'
import { readMany } from '../chain/read-many'
import { AppError } from '../core/errors'
import type { PowerRequest } from './strategy'
import { toPower } from './to-power'

/** What Snapshot's strategies for one ERC-20 token take. */
export const erc20ParamsSchema = z.object({
  address: z
    .string()
    .refine((value) => isAddress(value), 'The token address is not an address.')
    .transform((value) => getAddress(value)),
  /** As the token says; 18 unless told. */
  decimals: z.int().min(0).max(77).default(18),
  symbol: z.string().max(64).optional(),
})

export type Erc20Params = z.output<typeof erc20ParamsSchema>

/** Every voter's answer to `selector` in whole tokens with 18 decimals. Throws `invalid` naming strategy, token, voters. */
export async function measureErc20(
  chains: Chains,
  { voters, block, params }: PowerRequest<Erc20Params>,
  strategy: { readonly id: string; readonly selector: Hex },
): Promise<Map<Address, bigint>> {
  const { address, decimals } = params
  const answers = await readMany(chains, { block, target: address, selector: strategy.selector, voters })
  const powers = new Map<Address, bigint>()
  const unreadable: Address[] = []
  for (const [i, voter] of voters.entries()) {
    const units = answers[i]
    if (units === undefined) unreadable.push(voter)
    else powers.set(voter, toPower(units, decimals))
  }
  const [first, ...others] = unreadable
  if (first === undefined) return powers
  const whose = others.length === 0 ? first : `${first} and ${others.length} more`
  throw new AppError('invalid', {
    message: `Strategy ${strategy.id}: the contract ${address} on chain ${block.chainId} does not tell the power of ${whose} at block ${block.number}.`,
    details: { unreadable, final: block.final },
  })
}

/** "VOTE (0x…)", or the address alone. */
export function tokenName({ address, symbol }: Erc20Params): string {
  return symbol ? `${symbol} (${address})` : address
}
