import type { Address } from 'abitype'
import { formatUnits, getAddress, size } from 'viem/utils'
import { AppError } from '../errors'
import type { HexString } from '../views/hex-string'
import type { Call } from './batch'
import { type Argument, decodeFunctionCall, type FunctionCall } from './function-call'

/** What a call does, as far as its bytes tell. Amounts are exact: wei, or raw token units. `summary` is one sentence. */
export type DecodedCall = { readonly summary: string } & (
  | { readonly kind: 'send-native'; readonly to: Address; readonly amount: bigint }
  | { readonly kind: 'send-erc20'; readonly token: Address; readonly to: Address; readonly amount: bigint }
  | {
      readonly kind: 'contract-call'
      readonly to: Address
      readonly value: bigint
      readonly functionName: string
      readonly arguments: readonly Argument[]
    }
  | {
      readonly kind: 'unknown'
      readonly to: Address
      readonly value: bigint
      readonly selector: HexString | null
    }
)

/** Names that everybody knows beat names that a proposer supplies for the same bytes. */
const wellKnown = [
  'transfer(address to, uint256 amount)',
  'transferFrom(address from, address to, uint256 amount)',
  'approve(address spender, uint256 amount)',
]

/**
 * Reads a call. `signature` is the one handed in with the batch; `token` describes the contract at `call.to`
 * where it is a token that the caller knows, `nativeSymbol` the chain's coin. A signature that does not fit
 * explains nothing.
 */
export function decodeCall(
  call: Call,
  options: {
    readonly signature?: string | undefined
    readonly token?: { readonly symbol: string; readonly decimals: number } | undefined
    readonly nativeSymbol?: string | undefined
  } = {},
): DecodedCall {
  const { to, value, data } = call
  const coins = `${formatUnits(value, 18)} ${options.nativeSymbol ?? "of the chain's coin"}`
  if (data === '0x') return { kind: 'send-native', to, amount: value, summary: `Send ${coins} to ${to}` }

  const decoded = firstFit([...wellKnown, ...(options.signature ? [options.signature] : [])], data)
  const along = value > 0n ? `, sending ${coins} along` : ''
  if (decoded === null) {
    const bytes = size(data)
    return {
      kind: 'unknown',
      to,
      value,
      selector: bytes < 4 ? null : (data.slice(0, 10) as HexString),
      summary: `Call ${to} with ${bytes} ${bytes === 1 ? 'byte' : 'bytes'} of data that nothing explains${along}`,
    }
  }

  const [first, second] = decoded.arguments
  if (
    decoded.name === 'transfer' &&
    value === 0n &&
    first?.type === 'address' &&
    second?.type === 'uint256'
  ) {
    const amount = BigInt(second.value)
    const words = options.token
      ? `${formatUnits(amount, options.token.decimals)} ${options.token.symbol}`
      : `${amount} raw units of the token ${to}`
    const recipient = getAddress(first.value)
    return { kind: 'send-erc20', token: to, to: recipient, amount, summary: `Send ${words} to ${recipient}` }
  }
  const list = decoded.arguments.map((argument) => [argument.name, argument.value].filter(Boolean).join(': '))
  return {
    kind: 'contract-call',
    to,
    value,
    functionName: decoded.name,
    arguments: decoded.arguments,
    summary: `Call ${decoded.name}(${list.join(', ')}) on ${to}${along}`,
  }
}

function firstFit(signatures: readonly string[], data: HexString): FunctionCall | null {
  for (const signature of signatures) {
    try {
      return decodeFunctionCall(signature, data)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return null
}
