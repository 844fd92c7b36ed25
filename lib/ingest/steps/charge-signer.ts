import { AppError, refuse } from '../../core/errors'
import { hasMessage } from '../../db/message/has-message'
import type { RequestBudget } from '../../platform/request-budget'
import type { Context } from '../../services/context'

/** One message's part of its signer's budget. */
export interface Charge {
  /** Spends it, once. Call it only when the signer is known, so that nobody spends another's. */
  make(): Promise<void>
  /** Takes it back from a message that was not taken: anybody can send it again. */
  takeBack(): void
}

/** `make` throws `rate_limited` when the signer has sent too many messages this minute. */
export function createCharge(
  ctx: Pick<Context, 'db'>,
  budget: RequestBudget,
  { signer, id }: { readonly signer: string; readonly id: string },
): Charge {
  let isMade = false
  return {
    async make() {
      if (isMade) return
      const { waitSeconds } = budget.spend(signer)
      isMade = waitSeconds === 0
      if (isMade) return
      if (await hasMessage(ctx.db, id)) refuse('duplicate message')
      throw new AppError('rate_limited', {
        message: `too many messages signed by ${signer}, try again in ${waitSeconds} s`,
        details: { retryAfter: waitSeconds },
      })
    },
    takeBack() {
      if (isMade) budget.giveBack(signer)
      isMade = false
    },
  }
}
