import { encodeFunctionData, getAddress, isAddress, parseAbi, parseUnits } from 'viem'
import type { Call } from '../../../../lib/core/settlement/batch'
import { parseArgument } from './parse-argument'
import { readAbi } from './read-abi'

/** One call as it is typed into the form. */
export type CallDraft = {
  readonly key: string
  readonly to: string
  /** In whole coins or tokens, as typed. */
  readonly amount: string
} & (
  | { readonly kind: 'native' }
  | { readonly kind: 'token'; readonly token: string; readonly symbol: string; readonly decimals: string }
  | {
      readonly kind: 'contract'
      /** What was pasted: an ABI as JSON, or signatures. */
      readonly abi: string
      /** The chosen function's signature. */
      readonly signature: string
      readonly args: readonly string[]
    }
)

export type CallKind = CallDraft['kind']

export function emptyCall(kind: CallKind): CallDraft {
  const base = { key: Math.random().toString(36).slice(2), to: '', amount: '' }
  if (kind === 'token') return { ...base, kind, token: '', symbol: '', decimals: '' }
  if (kind === 'contract') return { ...base, kind, abi: '', signature: '', args: [] }
  return { ...base, kind: 'native' }
}

/** A call ready to be proposed, or the first thing that keeps it from being one. */
export type BuiltCall =
  | {
      readonly call: Call
      readonly signature?: string
      /** Of a transfer; `units` is what it sends, in the token's smallest unit. */
      readonly token?: { readonly symbol: string; readonly decimals: number; readonly units: bigint }
      readonly problem: null
    }
  | { readonly call: null; readonly problem: string }

const transfer = parseAbi(['function transfer(address to, uint256 amount)'])

/** Turns what was typed into a call of `safe`; refuses what would lose money for certain. */
export function buildCall(draft: CallDraft, safe: string): BuiltCall {
  try {
    return build(draft, safe)
  } catch (error) {
    return problem(
      error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'This call cannot be encoded.',
    )
  }
}

const problem = (text: string): BuiltCall => ({ call: null, problem: text })

function build(draft: CallDraft, safe: string): BuiltCall {
  const recipient = draft.kind === 'contract' ? 'The contract' : 'The recipient'
  if (draft.to.trim() === '') return problem(`${recipient}’s address is missing.`)
  if (!isAddress(draft.to.trim())) return problem(`${recipient} is not an address, or its checksum is wrong.`)
  const to = getAddress(draft.to.trim())
  if (BigInt(to) === 0n) return problem(`${recipient} is the zero address: what is sent there is lost.`)

  if (draft.kind === 'native') {
    if (to.toLowerCase() === safe.toLowerCase()) return problem('The recipient is the Safe itself.')
    const value = amount(draft.amount, 18)
    if (value === null) return problem('The amount is missing or is not a number above 0.')
    return { call: { to, value, data: '0x', operation: 0 }, problem: null }
  }

  if (draft.kind === 'token') {
    if (!isAddress(draft.token.trim()))
      return problem('The token is not an address, or its checksum is wrong.')
    const token = getAddress(draft.token.trim())
    if (to === token) return problem('The recipient is the token contract: what is sent there is lost.')
    if (to.toLowerCase() === safe.toLowerCase()) return problem('The recipient is the Safe itself.')
    if (!/^\d{1,2}$/.test(draft.decimals)) return problem('How many decimals the token has is not known yet.')
    const decimals = Number(draft.decimals)
    const units = amount(draft.amount, decimals)
    if (units === null)
      return problem('The amount is missing, is not a number above 0, or has too many decimals.')
    const data = encodeFunctionData({ abi: transfer, args: [to, units] })
    return {
      call: { to: token, value: 0n, data, operation: 0 },
      token: { symbol: draft.symbol || 'tokens', decimals, units },
      problem: null,
    }
  }

  const chosen = readAbi(draft.abi).functions.find(({ signature }) => signature === draft.signature)
  if (!chosen) return problem('Choose the function to call.')
  const args = chosen.item.inputs.map((input, index) => parseArgument(input, draft.args[index] ?? ''))
  const value = draft.amount.trim() === '' ? 0n : amount(draft.amount, 18)
  if (value === null) return problem('The amount sent along is not a number above 0.')
  if (value > 0n && chosen.item.stateMutability !== 'payable')
    return problem('This function does not take coins.')
  const data = encodeFunctionData({ abi: [chosen.item], functionName: chosen.item.name, args })
  return { call: { to, value, data, operation: 0 }, signature: chosen.signature, problem: null }
}

/** A positive amount scaled by 10^decimals; null for anything else, also when digits would be cut off. */
function amount(text: string, decimals: number): bigint | null {
  const plain = text.trim().replace(/,/g, '')
  if (!/^(\d+\.?\d*|\.\d+)$/.test(plain)) return null
  if ((plain.split('.')[1] ?? '').length > decimals) return null
  const value = parseUnits(plain as `${number}`, decimals)
  return value > 0n ? value : null
}
