import { decodeErrorResult, type Hex, parseAbi } from 'viem'

const standardErrors = parseAbi(['error Error(string reason)', 'error Panic(uint256 code)'])

/** Revert data in words; never empty. */
export function revertReason(data: Hex): string {
  if (data === '0x') return 'it reverts without a reason'
  try {
    const { errorName, args } = decodeErrorResult({ abi: standardErrors, data })
    return errorName === 'Error' ? `it reverts with "${args[0]}"` : `it panics with code ${args[0]}`
  } catch {
    return `it reverts with the error ${data.slice(0, 10)}`
  }
}
