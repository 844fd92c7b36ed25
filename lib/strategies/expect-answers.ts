import type { Address } from 'viem'
import type { BlockRef } from '../chain/blocks'
import { AppError } from '../core/errors'

/**
 * A contract's answers, in the order of `voters`, by voter. Throws `invalid` naming strategy, contract and voters when
 * some are missing.
 */
export function expectAnswers(
  question: {
    readonly id: string
    readonly address: Address
    readonly block: BlockRef
    readonly voters: readonly Address[]
  },
  answers: readonly (bigint | undefined)[],
): Map<Address, bigint> {
  const { id, address, block, voters } = question
  const known = new Map<Address, bigint>()
  const unreadable: Address[] = []
  for (const [i, voter] of voters.entries()) {
    const answer = answers[i]
    if (answer === undefined) unreadable.push(voter)
    else known.set(voter, answer)
  }
  if (unreadable.length === 0) return known
  throw new AppError('invalid', {
    message: `Strategy ${id}: the contract ${address} on chain ${block.chainId} does not tell the power of ${nameVoters(unreadable)} at block ${block.number}.`,
    details: { unreadable, final: block.final },
  })
}

/** "0x…", or "0x… and 3 more". */
export function nameVoters([first, ...others]: readonly Address[]): string {
  return others.length === 0 ? `${first}` : `${first} and ${others.length} more`
}
