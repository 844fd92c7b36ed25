import type { Address } from 'viem'
import type { Context } from '../context'
import { type MeasuredPower, measurePower, type PowerQuestion } from '../power/measure-power'

/** Addresses measured at once. */
const CHUNK = 2_000

/**
 * Powers for somebody who asks: all whom he names are taken to vote. Nothing of it is kept, since anybody may ask about
 * anybody.
 */
export async function measureScores(
  ctx: Pick<Context, 'chains' | 'db' | 'fetchPublic'>,
  question: Omit<PowerQuestion, 'ballots' | 'keep'>,
): Promise<Map<Address, MeasuredPower>> {
  const ballots = new Set(question.voters)
  const powers = new Map<Address, MeasuredPower>()
  for (let i = 0; i < question.voters.length; i += CHUNK) {
    const voters = question.voters.slice(i, i + CHUNK)
    for (const [voter, power] of await measurePower(ctx, { ...question, voters, ballots }))
      powers.set(voter, power)
  }
  return powers
}
