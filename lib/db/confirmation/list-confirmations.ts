import type { Database } from '../client'

/** Owners' confirmations of one Safe transaction for one proposal, earliest first. */
export async function listConfirmations(
  db: Database,
  submission: { readonly safeTxHash: string; readonly proposalId: string },
) {
  return db.prisma.confirmation.findMany({
    where: { safeTxHash: submission.safeTxHash, proposalId: submission.proposalId },
    orderBy: { createdAt: 'asc' },
  })
}
