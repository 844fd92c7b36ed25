import type { Database } from '../client'

/** How the operator sees a space. */
export interface SpaceRating {
  readonly verified?: boolean
  readonly turbo?: boolean
  readonly hibernated?: boolean
  readonly flagCode?: number
}

/** Changes what is given. Answers whether there is such a space. */
export async function rateSpace(db: Database, id: string, rating: SpaceRating): Promise<boolean> {
  return (await db.prisma.space.updateMany({ where: { id, deletedAt: null }, data: rating })).count === 1
}
