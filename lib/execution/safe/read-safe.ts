import { type Address, keccak256 } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import { multiSendCallOnly } from '../../core/settlement/safe-transaction'
import { safeAbi } from './safe-abi'

/** A Safe at one block. */
export interface SafeState {
  readonly version: string
  readonly owners: readonly Address[]
  readonly threshold: number
  /** The nonce of the next transaction it will run. */
  readonly nonce: number
  /** MultiSendCallOnly is there, with the code it should have: the Safe can make several calls at once. */
  readonly canBatch: boolean
}

/** Before 1.3.0 a Safe's signatures do not name the chain. */
const oldest = [1, 3]

/**
 * Reads a Safe at `block`. Where there is none that owners could sign for, `problem` says why in a sentence;
 * that may change later. Throws `chain_unavailable`.
 */
export async function readSafe(
  chains: Chains,
  { safe, block }: { readonly safe: Address; readonly block: BlockRef },
): Promise<SafeState | { readonly problem: string }> {
  const { chainId, number: blockNumber } = block
  const read = <Name extends 'VERSION' | 'getOwners' | 'getThreshold' | 'nonce'>(functionName: Name) =>
    readChain(chains, chainId, (client) =>
      client.readContract({ address: safe, abi: safeAbi, functionName, blockNumber }),
    )
  const [code, multiSend] = await readChain(chains, chainId, (client) =>
    Promise.all([safe, multiSendCallOnly.address].map((address) => client.getCode({ address, blockNumber }))),
  )
  if (!code) return { problem: `There is no contract at ${safe} on chain ${chainId}.` }
  try {
    const [version, owners, threshold, nonce] = await Promise.all([
      read('VERSION'),
      read('getOwners'),
      read('getThreshold'),
      read('nonce'),
    ])
    if (!isAtLeast(version, oldest)) {
      return { problem: `${safe} is a Safe of version ${version}; 1.3.0 or newer is needed.` }
    }
    return {
      version,
      owners,
      threshold: Number(threshold),
      nonce: Number(nonce),
      canBatch: multiSend !== undefined && keccak256(multiSend) === multiSendCallOnly.codeHash,
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') {
      return { problem: `The contract at ${safe} on chain ${chainId} is not a Safe.` }
    }
    throw error
  }
}

/** Compares "1.4.1" or "1.4.1+L2" with the numbers of `least`. */
export function isAtLeast(version: string, least: readonly number[]): boolean {
  const numbers = version.split(/[.+-]/).map(Number)
  for (const [index, number] of least.entries()) {
    const own = numbers[index] ?? 0
    if (own !== number) return own > number
  }
  return true
}
