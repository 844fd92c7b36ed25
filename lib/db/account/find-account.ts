import type { Database } from '../client'

/** This platform's spaces, among those of others that one can follow or speak to. */
const OWN_NETWORK = 's'

/**
 * What an account has said of itself: its profile, the spaces it follows and those it made a statement to, as far as they
 * exist, and the keys linked to it since `aliasesSince` (unix seconds).
 */
export async function findAccount(db: Database, address: string, aliasesSince: number) {
  const [profile, follows, statements, aliases] = await Promise.all([
    db.prisma.profile.findUnique({ where: { address } }),
    db.prisma.follow.findMany({
      where: { follower: address, network: OWN_NETWORK },
      orderBy: { created: 'asc' },
    }),
    db.prisma.statement.findMany({
      where: { delegate: address, network: OWN_NETWORK },
      orderBy: { updated: 'desc' },
    }),
    db.prisma.alias.findMany({
      where: { address, created: { gte: aliasesSince }, revokedAt: null },
      orderBy: { created: 'desc' },
    }),
  ])
  const ids = [...new Set([...follows, ...statements].map(({ spaceId }) => spaceId))]
  const spaces = await db.prisma.space.findMany({
    where: { id: { in: ids }, deletedAt: null },
    select: { id: true, name: true },
  })
  const nameOf = new Map(spaces.map(({ id, name }) => [id, name]))
  return {
    profile: profile?.profile ?? null,
    follows: follows.flatMap(({ spaceId, created }) => {
      const name = nameOf.get(spaceId)
      return name === undefined ? [] : [{ space: spaceId, name, since: Number(created) }]
    }),
    statements: statements.filter(({ spaceId }) => nameOf.has(spaceId)),
    aliases: aliases.map(({ alias, created }) => ({ alias, since: Number(created) })),
  }
}
