import type { Database } from '../client'

export type ProposalRow = NonNullable<Awaited<ReturnType<typeof findProposal>>>

/** A proposal with its result and settlement, where it has them. */
export async function findProposal(db: Database, id: string) {
  const row = await db.prisma.proposal.findUnique({
    where: { id },
    include: { result: true, settlement: true },
  })
  return row ?? undefined
}
