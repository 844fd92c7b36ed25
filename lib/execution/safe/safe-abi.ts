import { parseAbi } from 'viem'

/** What is read from a Safe, the same from 1.3.0 to 1.5.0. */
export const safeAbi = parseAbi([
  'function VERSION() view returns (string)',
  'function getOwners() view returns (address[])',
  'function getThreshold() view returns (uint256)',
  'function nonce() view returns (uint256)',
  'function simulateAndRevert(address targetContract, bytes calldataPayload)',
])
