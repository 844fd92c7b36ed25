import { decodeErrorResult, type Hex } from 'viem'
import { explainModuleError } from '../../core/settlement/explain-module-error'
import { revertReason } from '../safe/revert-reason'
import { moduleAbi } from './module-abi'

/** Why a module refuses a transaction, in a sentence; never empty. */
export function explainRevert(reverted: Hex): string {
  return explainModuleError(reverted) ?? `The module refuses it: ${revertReason(reverted)}.`
}

/** The name of a module's error; null for another's. */
export function revertName(reverted: Hex): string | null {
  try {
    return decodeErrorResult({ abi: moduleAbi, data: reverted }).errorName
  } catch {
    return null
  }
}
