import { z } from 'zod'

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
