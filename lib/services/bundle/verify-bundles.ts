import { AppError } from '../../core/errors'
import { listDueVerifications } from '../../db/verification/list-due-verifications'
import type { Context } from '../context'
import { verifyBundle } from './verify-bundle'

const secondMs = 1_000

/** How old what is known of a bundle may get. The demo's visitors should see it happen. */
const ageMs = { demo: 120 * secondMs, live: 24 * 3_600 * secondMs }

/** A run takes on so many bundles, and begins none after this long: the worker has other jobs. */
const [runLength, runMs] = [200, 60 * secondMs]

/**
 * Verifies bundles again, the one verified longest ago first. Answers whether some may be left to do at once. A run that
 * dies is taken up where it ended; one bundle that cannot be audited does not keep the others from it.
 */
export async function verifyBundles(ctx: Context): Promise<boolean> {
  const before = new Date(ctx.clock.now() - ageMs[ctx.env.demo ? 'demo' : 'live'])
  const due = await listDueVerifications(ctx.db, { before, first: runLength })
  const began = performance.now()
  for (const id of due) {
    if (performance.now() - began > runMs) return true
    await verifyBundle(ctx, id).catch((error: unknown) => {
      if (error instanceof AppError && error.retry) throw error
      ctx.log.error({ event: 'bundle.unverified', proposal: id, err: error })
    })
  }
  return due.length === runLength
}
