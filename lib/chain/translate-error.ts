import { BaseError, ContractFunctionExecutionError } from 'viem'
import { AppError } from '../core/errors'
import { findContractFailure } from './contract-failure'

/**
 * The product's error for whatever viem threw while reading a chain:
 * - `chain_unavailable`: no endpoint gave an answer; the same read may succeed later.
 * - `invalid` with `details.reverted` (the revert data, '0x' if none): the contract failed, and will again.
 * - `invalid` with `details.undecodable`: the contract is not there, or is not what the ABI says.
 * Anything else is a mistake of ours and comes back as `fault`.
 */
export function translateError(error: unknown, chainId: number): AppError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AppError) return cause
  }
  const failure = findContractFailure(error)
  if (failure) {
    return new AppError('invalid', {
      message: `A contract call on chain ${chainId} failed.`,
      details: { reverted: typeof failure.data === 'string' ? failure.data : '0x' },
      cause: error,
    })
  }
  if (error instanceof ContractFunctionExecutionError) {
    return new AppError('invalid', {
      message: `The contract ${error.contractAddress} on chain ${chainId} does not answer as expected.`,
      details: { undecodable: true },
      cause: error,
    })
  }
  const message = error instanceof BaseError ? error.shortMessage : String(error)
  return new AppError('fault', { message: `Reading chain ${chainId}: ${message}`, cause: error })
}
