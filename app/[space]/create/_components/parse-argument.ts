import type { AbiParameter } from 'abitype'
import { getAddress, isAddress, isHex } from 'viem'

/**
 * A typed text as the value that encoding expects. Lists and structs are written as JSON.
 *
 * @throws Error in words when the text does not fit the type
 */
export function parseArgument(parameter: AbiParameter, text: string): unknown {
  const name = parameter.name || parameter.type
  const composite = parameter.type.endsWith(']') || parameter.type.startsWith('tuple')
  if (!composite) return scalar(parameter.type, name, parameter.type === 'string' ? text : text.trim())
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${name}: write it as JSON, for example ["0x…", "100"].`)
  }
  return structured(parameter, name, json)
}

function structured(parameter: AbiParameter, name: string, value: unknown): unknown {
  const element = /^(.*)\[(\d*)\]$/.exec(parameter.type)
  if (element) {
    if (!Array.isArray(value)) throw new Error(`${name} must be a list in [ ].`)
    if (element[2] && value.length !== Number(element[2]))
      throw new Error(`${name} must have ${element[2]} entries.`)
    return value.map((item) => structured({ ...parameter, type: element[1] ?? '' }, name, item))
  }
  if ('components' in parameter) {
    const fields: readonly AbiParameter[] = parameter.components
    const part = (field: AbiParameter, index: number) =>
      Array.isArray(value) ? value[index] : (value as Record<string, unknown> | null)?.[field.name ?? '']
    const entries = fields.map((field, index) => [
      field.name ?? String(index),
      structured(field, field.name ?? name, part(field, index)),
    ])
    return fields.every((field) => field.name)
      ? Object.fromEntries(entries)
      : entries.map(([, entry]) => entry)
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Error(`${name}: put large numbers in quotes.`)
  return scalar(parameter.type, name, value === undefined || value === null ? '' : String(value))
}

function scalar(type: string, name: string, text: string): unknown {
  if (type === 'string') return text
  if (text === '') throw new Error(`${name} is missing.`)
  if (type === 'address') {
    if (!isAddress(text)) throw new Error(`${name} is not an address, or its checksum is wrong.`)
    return getAddress(text)
  }
  if (type === 'bool') {
    if (text !== 'true' && text !== 'false') throw new Error(`${name} must be true or false.`)
    return text === 'true'
  }
  if (/^u?int/.test(type)) {
    if (!/^-?\d+$/.test(text)) throw new Error(`${name} must be a whole number.`)
    return BigInt(text)
  }
  if (!isHex(text) || text.length % 2 === 1) throw new Error(`${name} must be 0x and pairs of hex digits.`)
  return text
}
