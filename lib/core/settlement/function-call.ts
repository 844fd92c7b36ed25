import type { AbiParameter } from 'abitype'
import {
  decodeFunctionData,
  encodeFunctionData,
  formatAbiItem,
  parseAbiItem,
  toFunctionSelector,
} from 'viem/utils'
import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'

/** An argument as it would be written down: integers in decimal, lists in [ ], structs in { }, texts in quotes when nested. */
export interface Argument {
  /** Empty when the signature does not name it. */
  readonly name: string
  readonly type: string
  readonly value: string
}

export interface FunctionCall {
  readonly name: string
  readonly arguments: readonly Argument[]
}

const longestSignature = 1_000

/**
 * Reads call data by a human-readable function signature such as "setFee(uint256 fee)".
 *
 * Refuses a signature that cannot be parsed, that has another selector than the data, or by which the data
 * does not decode and encode back to itself, byte for byte: no byte of the data is left unexplained. A
 * matching signature proves the types, not the names in it.
 */
export function decodeFunctionCall(signature: string, data: HexString): FunctionCall {
  const item = parseSignature(signature)
  const selector = toFunctionSelector(item)
  if (data.slice(0, 10).toLowerCase() !== selector) {
    refuse(`${signature} has the selector ${selector}, the data starts with ${data.slice(0, 10)}`)
  }
  const values = decodeExactly(item, data)
  if (values === null) refuse(`the data is not an exact encoding of ${formatAbiItem(item)}`)
  return {
    name: item.name,
    arguments: item.inputs.map((input, index) => ({
      name: input.name ?? '',
      type: input.type,
      value: typeof values[index] === 'string' ? values[index] : written(input, values[index]),
    })),
  }
}

function parseSignature(signature: string) {
  const explanation = `"${signature.slice(0, 100)}" is not a function signature like "setFee(uint256 fee)"`
  if (signature.length > longestSignature || !/^[A-Za-z_$][\w$]*\(.*\)$/.test(signature)) refuse(explanation)
  let item: ReturnType<typeof parseAbiItem<string>>
  try {
    item = parseAbiItem<string>(`function ${signature}`)
  } catch {
    refuse(explanation)
  }
  return item.type === 'function' ? item : refuse(explanation)
}

function decodeExactly(item: ReturnType<typeof parseSignature>, data: HexString): readonly unknown[] | null {
  try {
    const values = (decodeFunctionData({ abi: [item], data }).args ?? []) as readonly unknown[]
    const encoded = encodeFunctionData({ abi: [item], functionName: item.name, args: values })
    return encoded === data.toLowerCase() ? values : null
  } catch {
    return null
  }
}

function written(parameter: AbiParameter, value: unknown): string {
  const list = /^(.*)\[\d*\]$/.exec(parameter.type)
  if (list?.[1] !== undefined) {
    const element = { ...parameter, type: list[1] }
    return `[${(value as readonly unknown[]).map((entry) => written(element, entry)).join(', ')}]`
  }
  if ('components' in parameter) {
    // viem gives a struct with a nameless member as an array.
    const members = parameter.components.map((component, index) => {
      const member = Array.isArray(value)
        ? value[index]
        : (value as Record<string, unknown>)[component.name ?? '']
      return `${component.name ? `${component.name}: ` : ''}${written(component, member)}`
    })
    return `{${members.join(', ')}}`
  }
  return parameter.type === 'string' ? JSON.stringify(value) : String(value)
}
