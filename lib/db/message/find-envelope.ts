import type { Database } from '../client'

/** The canonical text of an accepted message, by the sha-256 of exactly that text. */
export async function findEnvelope(db: Database, sha256: Uint8Array): Promise<string | undefined> {
  const row = await db.prisma.message.findFirst({
    where: { envelopeHash: new Uint8Array(sha256) },
    select: { envelope: true },
  })
  return row?.envelope
}
