import type { Hex } from 'viem'
import type { Call } from '../../core/settlement/batch'
import type { ExecutionRef } from '../../core/settlement/plugins'
import type { OwnersExecutor, Plan } from '../../execution/executor'

/** The plan for a proposal that passed. Throws `fault` when the stored calls are not those that were voted on. */
export function planFor(
  executor: OwnersExecutor,
  proposal: string,
  ref: ExecutionRef,
  calls: readonly Call[],
): Plan {
  return executor.plan(
    { proposal: proposal as Hex, status: 'passed', calls },
    executor.configSchema.parse(ref),
  )
}
