import type { Address, Hex } from 'viem'
import { z } from 'zod'
import type { Chains } from '../chain/chains'
import { readMany } from '../chain/read-many'
import { contractAddress, decimals, symbol } from './contract-address'
import { expectAnswers } from './expect-answers'
import type { PowerRequest } from './strategy'
import { toPower } from './to-power'

/** What Snapshot's strategies for one ERC-20 token take. */
export const erc20ParamsSchema = z.object({ address: contractAddress('token'), decimals, symbol })

export type Erc20Params = z.output<typeof erc20ParamsSchema>

/** Every voter's answer to `selector` in whole tokens with 18 decimals. Throws `invalid` naming strategy, token, voters. */
export async function measureErc20(
  chains: Chains,
  { voters, block, params }: Pick<PowerRequest<Erc20Params>, 'voters' | 'block' | 'params'>,
  strategy: { readonly id: string; readonly selector: Hex; readonly tail?: Hex },
): Promise<Map<Address, bigint>> {
  const { address, decimals } = params
  const { id, ...question } = strategy
  const answers = await readMany(chains, { block, target: address, voters, ...question })
  const units = expectAnswers({ id, address, block, voters }, answers)
  return new Map([...units].map(([voter, amount]) => [voter, toPower(amount, decimals)]))
}

/** "VOTE (0x…)", or the address alone. */
export function tokenName({ address, symbol }: Pick<Erc20Params, 'address' | 'symbol'>): string {
  return symbol ? `${symbol} (${address})` : address
}
