import { z } from 'zod'

const known = new WeakMap<z.ZodType, Readonly<Record<string, unknown>>>()

/** JSON Schema of what settings write. What only code can check is not in it. */
export function schemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const found = known.get(schema)
  if (found) return found
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' })
  // zod hangs methods of its own on it, which pages cannot be given.
  const plain: Readonly<Record<string, unknown>> = JSON.parse(JSON.stringify(made))
  known.set(schema, plain)
  return plain
}
