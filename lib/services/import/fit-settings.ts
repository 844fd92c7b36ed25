import type { z } from 'zod'
import { settingsSchema } from '../../core/messages/settings'

/** What of somebody's settings can be used. */
export interface FittedSettings {
  /** As `settingsSchema` reads it; of what has to be there, something may be missing. */
  readonly settings: Readonly<Record<string, unknown>>
  /** What was left out of them, in words. */
  readonly problems: readonly string[]
}

/**
 * Reads settings that were never accepted here, field by field: what of a list or of a group does not fit is left out of it,
 * and a field of which nothing fits is left out whole. A strategy that is not part of this installation fits.
 */
export function fitSettings(stated: Readonly<Record<string, unknown>>): FittedSettings {
  const settings: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, value] of Object.entries(stated)) {
    const schema = (settingsSchema.shape as Readonly<Record<string, z.ZodType>>)[name]
    const whole = schema?.safeParse(value)
    const fitted = schema && (whole?.success ? whole.data : fitParts(schema, value))
    if (fitted !== undefined) settings[name] = fitted
    if (!whole?.success) problems.push(`its ${name} ${whole?.error.issues[0]?.message ?? 'is no setting'}`)
  }
  return { settings, problems }
}

function fitParts(schema: z.ZodType, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => {
      const one = schema.safeParse([item])
      return one.success ? (one.data as unknown[]) : []
    })
    return schema.safeParse([...new Map(items.map((item) => [JSON.stringify(item), item])).values()]).data
  }
  if (typeof value !== 'object' || value === null) return undefined
  const parts = Object.entries(value).filter(([name, part]) => {
    const issues = schema.safeParse({ ...value, [name]: part }).error?.issues ?? []
    return !issues.some(({ path }) => path[0] === name)
  })
  return schema.safeParse(Object.fromEntries(parts)).data
}
