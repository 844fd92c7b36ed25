import { AppError } from '../../core/errors'
import { findBundle } from '../../db/bundle/find-bundle'
import { findVerification } from '../../db/verification/find-verification'
import { saveVerification } from '../../db/verification/save-verification'
import type { Context } from '../context'
import { getProposalRow } from '../proposal/get-proposal-row'
import { auditAsMade } from './audit-as-made'
import { remakeBundle } from './remake-bundle'
import { tellFailure } from './tell-failure'

/** Audits a written bundle once more, made anew from the database, and keeps what is found. Throws `not_found` without one. */
export async function verifyBundle(ctx: Context, id: string): Promise<void> {
  const [stored, before, proposal] = await Promise.all([
    findBundle(ctx.db, id),
    findVerification(ctx.db, id),
    getProposalRow(ctx, id),
  ])
  if (!stored) throw new AppError('not_found', { message: `Proposal ${id} has no bundle.` })
  const { checks, ok, tookMs } = await auditAsMade(ctx, {
    proposal,
    earlier: before?.checks ?? [],
    make: (onMessage) => remakeBundle(ctx.db, proposal, stored, onMessage),
  })
  const verifiedAt = new Date(ctx.clock.now())
  await saveVerification(ctx.db, { proposalId: id, ok, checks, tookMs, verifiedAt })
  tellFailure(ctx, { proposal: id, checks, wasOk: before?.ok ?? true })
}
