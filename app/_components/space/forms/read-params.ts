import { z } from 'zod'

/** The key under which parameters keep a text that is not readable, beside what was readable last. No setting has it. */
const BROKEN = 'not JSON'

/** The parameters as they were readable last, and the text that has been typed since, when it is not; else null. */
export function splitParams(params: Readonly<Record<string, unknown>>): {
  readonly params: Record<string, unknown>
  readonly broken: string | null
} {
  const { [BROKEN]: broken = null, ...readable } = params
  return { params: readable, broken: broken === null ? null : String(broken) }
}

/** Parameters that say of themselves that they cannot be signed, and keep what was readable last. */
export function brokenParams(
  params: Readonly<Record<string, unknown>>,
  text: string,
): Record<string, unknown> {
  return { ...params, [BROKEN]: text }
}

/**
 * JSON text as parameters. `params` is null where it is not a JSON object; `problem` says so, or what the schema finds
 * wrong with it. The server looks closer than any schema.
 */
export function readParams(
  text: string,
  schema?: Readonly<Record<string, unknown>>,
): { readonly params: Record<string, unknown> | null; readonly problem: string | null } {
  let params: unknown
  try {
    params = JSON.parse(text)
  } catch (error) {
    return { params: null, problem: `This is not JSON yet: ${(error as Error).message}.` }
  }
  if (typeof params !== 'object' || params === null || Array.isArray(params))
    return { params: null, problem: 'Parameters are a JSON object, in braces.' }
  return { params: params as Record<string, unknown>, problem: schema ? schemaProblem(params, schema) : null }
}

function schemaProblem(value: unknown, schema: Readonly<Record<string, unknown>>): string | null {
  const [issue] = readSchema(schema)?.safeParse(value).error?.issues ?? []
  return issue ? `${issue.path.join('.') || 'Parameters'}: ${issue.message}.` : null
}

/** A schema in words that zod does not know is left to the server. */
function readSchema(schema: Readonly<Record<string, unknown>>) {
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
  } catch {
    return null
  }
}
