import type { Address } from 'viem'
import type { BlockRef } from '../chain/blocks'
import { AppError } from '../core/errors'
import { nameVoters } from './expect-answers'

/** For each voter the sum of his accounts' powers, each account measured once. Throws as `blameVoters` says. */
export async function sumAccounts(
  block: BlockRef,
  accountsOf: ReadonlyMap<Address, readonly Address[]>,
  measure: (accounts: readonly Address[]) => Promise<ReadonlyMap<Address, bigint>>,
): Promise<Map<Address, bigint>> {
  const accounts = [...new Set([...accountsOf.values()].flat())]
  const needs = (voter: Address) => accountsOf.get(voter) ?? []
  const powers = await blameVoters({ voters: [...accountsOf.keys()], block }, needs, () => measure(accounts))
  const sum = (list: readonly Address[]) =>
    list.reduce((total, account) => total + (powers.get(account) ?? 0n), 0n)
  return new Map([...accountsOf].map(([voter, list]) => [voter, sum(list)]))
}

/**
 * Runs `read`, and where it throws `invalid`, says which voters need the accounts that it could not read: all of them, if
 * it does not name any.
 */
export async function blameVoters<Result>(
  { voters, block }: { readonly voters: readonly Address[]; readonly block: BlockRef },
  needs: (voter: Address) => readonly Address[],
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    const named = error.details.unreadable as readonly Address[] | undefined
    const missing = new Set(named)
    const unreadable = named
      ? voters.filter((voter) => needs(voter).some((account) => missing.has(account)))
      : voters
    throw new AppError('invalid', {
      message: `${error.message} The power of ${nameVoters(unreadable)} depends on it.`,
      details: { final: block.final, ...error.details, unreadable },
      cause: error,
    })
  }
}
