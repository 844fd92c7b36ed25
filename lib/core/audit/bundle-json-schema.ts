import { z } from 'zod'
import { bundleLineSchema } from './bundle-line'

/** JSON Schema (draft 2020-12) of one line of a bundle, for readers in other languages. */
export function bundleJsonSchema(): Record<string, unknown> {
  return { title: 'One line of a Comitia proof bundle', ...z.toJSONSchema(bundleLineSchema) }
}
