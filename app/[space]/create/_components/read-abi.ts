import type { AbiFunction } from 'abitype'
import { formatAbiParameter, parseAbi } from 'abitype'

/** A function that a pasted ABI declares and that changes something. */
export interface CallableFunction {
  readonly item: AbiFunction
  /** "setFee(uint256 fee)": what is stored with the batch and checked against its bytes. */
  readonly signature: string
}

/** Reads an ABI as JSON (also inside an artifact's `abi`) or as signatures, one a line. */
export function readAbi(text: string): {
  readonly functions: readonly CallableFunction[]
  readonly problem: string | null
} {
  if (text.trim() === '') return { functions: [], problem: null }
  try {
    const functions = parse(text.trim())
      .filter((item) => item.stateMutability !== 'view' && item.stateMutability !== 'pure')
      .map((item) => ({
        item,
        signature: `${item.name}(${item.inputs.map((input) => formatAbiParameter(input)).join(', ')})`,
      }))
    return {
      functions,
      problem: functions.length > 0 ? null : 'There is no function in it that changes anything.',
    }
  } catch {
    return {
      functions: [],
      problem: 'This is neither an ABI in JSON nor a signature such as setFee(uint256 fee).',
    }
  }
}

function parse(text: string): AbiFunction[] {
  if (/^[[{]/.test(text)) {
    const json = JSON.parse(text)
    const entries: unknown = Array.isArray(json) ? json : (json.abi ?? [json])
    return (entries as { type?: string }[]).filter((entry): entry is AbiFunction => entry.type === 'function')
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim().replace(/;$/, ''))
    .filter(Boolean)
  const declarations = lines.map((line) => (/^(function|struct)\s/.test(line) ? line : `function ${line}`))
  return (parseAbi(declarations as readonly string[]) as readonly { type: string }[]).filter(
    (entry): entry is AbiFunction => entry.type === 'function',
  )
}
