import { checkNames as check } from '../../services/name/check-names'
import { checkNames } from '../definitions/check-names'
import { bindJob } from '../job'

const everyMs = 5 * 60_000

export const checkNamesJob = bindJob(checkNames, async (ctx) => {
  await check(ctx)
  return [checkNames.at(new Date(ctx.clock.now() + everyMs), {})]
})
