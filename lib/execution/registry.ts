import { AppError } from '../core/errors'
import type { ModuleRef } from '../core/settlement/module-plugins'
import type { ExecutionRef } from '../core/settlement/plugins'
import type { Executor } from './executor'
import * as list from './executors'

export type ExecutorId = (typeof list)[keyof typeof list]['id']

export const executors: readonly Executor<ExecutorId>[] = Object.values(list)

/** Throws `not_found` for an id that no executor has. */
export function getExecutor(id: string): Executor<ExecutorId> {
  const executor = executors.find((candidate) => candidate.id === id)
  if (!executor) throw new AppError('not_found', { message: `There is no executor "${id}".` })
  return executor
}

/** The executor that a proposal's signed reference asks for, told by the key that names the account. */
export function getExecutorFor(ref: ExecutionRef | ModuleRef): Executor<ExecutorId> {
  const executor = executors.find(({ key }) => Object.hasOwn(ref, key))
  if (!executor) throw new AppError('not_found', { message: 'No executor carries out such a reference.' })
  return executor
}
