import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import { type MeasuredPower, measurePower, type PowerContext, type PowerQuestion } from './measure-power'

/**
 * As `measurePower`, but a voter for whom a strategy's contract cannot answer does not keep the others from theirs:
 * he gets the `invalid` that says so. Asks once more for each strategy that fails, however many voters it fails for.
 */
export async function measureEach(
  ctx: PowerContext,
  question: PowerQuestion,
): Promise<Map<Address, MeasuredPower | AppError>> {
  try {
    return await measurePower(ctx, question)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    const unreadable = new Set((error.details.unreadable ?? []) as readonly Address[])
    const voters = question.voters.filter((voter) => !unreadable.has(voter))
    if (voters.length === question.voters.length) throw error
    const others = voters.length > 0 ? await measureEach(ctx, { ...question, voters }) : []
    return new Map([...[...unreadable].map((voter) => [voter, error] as const), ...others])
  }
}
