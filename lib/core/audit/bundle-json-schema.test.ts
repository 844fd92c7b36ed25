import { expect, it } from 'vitest'
import { bundleJsonSchema } from './bundle-json-schema'

it('describes every kind of line, closed to other fields', () => {
  const { oneOf, anyOf } = bundleJsonSchema() as { oneOf?: object[]; anyOf?: object[] }
  const lines = (oneOf ?? anyOf ?? []) as {
    additionalProperties: boolean
    properties: { kind: { const: string } }
  }[]
  expect(lines.map(({ properties }) => properties.kind.const)).toEqual([
    ...['header', 'proposal', 'rule', 'strategy', 'block', 'form', 'skip', 'message', 'ballot'],
    ...['result', 'checkpoint', 'end'],
  ])
  for (const line of lines) expect(line.additionalProperties).toBe(false)
})
