import { encodeFunctionData, type Hex } from 'viem'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { proposalMessage } from '../../core/settlement/proposal-message'
import type { Election, SignedCancellation } from '../executor'
import { moduleAbi as abi } from './module-abi'

/** Calldata of the acts that need nothing but what is signed. */
export const actData = {
  register({ config, message, calls, signature }: Election<ModuleRef>): Hex {
    const args = [proposalMessage(message, config), calls, signature, '0x'] as const
    return encodeFunctionData({ abi, functionName: 'register', args })
  },

  cancel({ proposal }: Election<ModuleRef>, cancellation: SignedCancellation): Hex {
    const { author, timestamp, variant, signature } = cancellation
    const args = [proposal, author, BigInt(timestamp), variant, signature] as const
    return encodeFunctionData({ abi, functionName: 'cancel', args })
  },

  execute({ proposal, calls }: Election<ModuleRef>): Hex {
    return encodeFunctionData({ abi, functionName: 'execute', args: [proposal, calls] })
  },
}
