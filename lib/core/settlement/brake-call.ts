import { encodeFunctionData, keccak256, parseAbi, stringToBytes } from 'viem/utils'
import type { HexString } from '../views/hex-string'

const abi = parseAbi([
  'function veto(bytes32 proposalId, bytes32 reasonHash)',
  'function pause(bytes32 proposalId, uint32 duration, bytes32 reasonHash)',
])

/** The longest pause that a module takes, in seconds. */
export const longestPause = 14 * 86_400

/** Under which a reason's text is published: the keccak of its UTF-8 bytes. */
export function reasonHash(text: string): HexString {
  return keccak256(stringToBytes(text))
}

/** Calldata for a tally module that stops a proposal for good, or for `duration` seconds. */
export function encodeBrake(
  proposal: HexString,
  brake:
    | { readonly kind: 'veto'; readonly reason: string }
    | { readonly kind: 'pause'; readonly reason: string; readonly duration: number },
): HexString {
  const reason = reasonHash(brake.reason)
  return brake.kind === 'veto'
    ? encodeFunctionData({ abi, functionName: 'veto', args: [proposal, reason] })
    : encodeFunctionData({ abi, functionName: 'pause', args: [proposal, brake.duration, reason] })
}
