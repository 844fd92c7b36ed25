import { z } from 'zod'

/** A proposal's id as stored: ids are digests, and MySQL, which Snapshot keeps them in, finds them in any case. */
export const proposalId = z.string().transform((id) => (/^0x[0-9a-f]{64}$/i.test(id) ? id.toLowerCase() : id))
