import { z } from 'zod'
import { refuse } from '../../core/errors'
import { type SpaceSettings, settingsSchema } from '../../core/messages/settings'
import { fixedPoint } from '../../core/tally/fixed-point'

const basicParamsSchema = z.looseObject({
  minScore: z.number().min(0).optional(),
  strategies: settingsSchema.shape.strategies.optional(),
})

/** Power that somebody must have to propose who is no member of the space. */
export interface ProposerThreshold {
  /** 18-decimal fixed point, above 0. */
  readonly minScore: bigint
  readonly strategies: SpaceSettings['strategies']
}

/** What Snapshot's validation `basic` asks of proposers; undefined when anybody may propose. */
export function readProposerThreshold({
  validation,
  filters,
  strategies,
}: SpaceSettings): ProposerThreshold | undefined {
  if (validation?.name === 'any') return undefined
  const params = basicParamsSchema.safeParse(validation?.params ?? {})
  if (!params.success) return refuse('wrong space format')
  const minScore = fixedPoint(params.data.minScore ?? filters?.minScore ?? 0)
  return minScore > 0n ? { minScore, strategies: params.data.strategies ?? strategies } : undefined
}
