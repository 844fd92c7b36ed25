import { z } from 'zod'
import type { HexString } from '../../core/views/hex-string'
import type { OriginView } from '../../core/views/proposal-view'

const originSchema = z.object({
  hub: z.string(),
  importedAt: z.number(),
  /** Null: it cannot be counted here. */
  agrees: z.boolean().nullish(),
  differences: z.array(z.string()).default([]),
  leftOutCount: z.number().default(0),
  /** Ballots by how their signature was checked. */
  checks: z.record(z.string(), z.number()).default({}),
  isCounted: z.boolean().default(false),
})

/** Reads where a proposal was copied from; null for one that was made here. */
export function viewOrigin({
  origin: stored,
  definedBy,
}: {
  readonly origin: unknown
  readonly definedBy: string
}): OriginView | null {
  if (stored === null || stored === undefined) return null
  const { hub, importedAt, agrees, differences, leftOutCount, checks, isCounted } = originSchema.parse(stored)
  const { unchecked = 0, ...others } = checks
  return {
    hub,
    importedAt,
    message: definedBy as HexString,
    signatures: { checked: Object.values(others).reduce((sum, count) => sum + count, 0), unchecked },
    leftOut: leftOutCount,
    recount: !isCounted ? 'pending' : agrees === null ? 'impossible' : agrees ? 'agrees' : 'differs',
    differences: isCounted ? differences : [],
  }
}
