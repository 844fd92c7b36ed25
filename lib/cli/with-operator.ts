import { readEnv } from '../platform/env'
import { withRunFile } from '../platform/run-file'
import type { Context } from '../services/context'
import { createContext } from '../services/create-context'
import { prepareDatabase } from './prepare-database'

/** Does an operator's work on the installation's database, which it brings up to date first. No key is read for it. */
export async function withOperator(work: (ctx: Context) => Promise<void>): Promise<void> {
  const ctx = createContext(readEnv('operator', withRunFile(process.env)), 'operator')
  try {
    await prepareDatabase(ctx)
    await work(ctx)
  } finally {
    await ctx.close()
  }
}
