import { privateKeyToAccount } from 'viem/accounts'
import { AppError } from '../../core/errors'
import type { Env } from '../../platform/env'
import type { Logger } from '../../platform/logger'
import { readOrMakeKey } from '../read-or-make-key'
import type { Keeper } from './keeper'

/** The worker's account: the key it was given, outside production else one of its own in the data directory. */
export function openKeeper(env: Env, log: Logger): Keeper {
  if (env.production && !env.keeperKey) {
    throw new AppError('misconfigured', { message: 'This process has no keeper key.' })
  }
  return privateKeyToAccount(env.keeperKey ?? readOrMakeKey(env.dataDir, 'keeper', log))
}
