import { z } from 'zod'
import { jsonObject } from '../../core/messages/payload-fields'
import { findValidation } from '../../validations/registry'
import type { Context } from '../context'
import { checkValidation, validate } from '../validation/validate'
import { checkLength, readAddress, readMoment, readNetwork, readStrategies } from './read-question'
import { ScoreError } from './score-error'

const questionSchema = z.object({
  validation: z.string().nullish(),
  space: z.string().max(200).catch(''),
  params: jsonObject.nullish(),
})

/** What Snapshot's `validate` answers. Throws `ScoreError`, and as `validate`. */
export async function askValidation(
  ctx: Pick<Context, 'chains' | 'db' | 'fetchPublic' | 'passport'>,
  params: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const author = readAddress(params.author)
  checkLength('params', params.params)
  const question = questionSchema.safeParse(params).data
  if (!question) throw new ScoreError(500, 'Validation not found')
  const name = question.validation || 'any'
  if (name === 'any') return true
  const validation = findValidation(name)
  if (!validation) throw new ScoreError(500, 'Validation not found')
  const network = readNetwork(ctx, params.network)
  const setting = { name, params: question.params ?? {} }
  checkValidation(ctx, setting, validation.uses.includes('vote') ? 'vote' : 'proposal')
  // What it would cost is judged as for powers.
  if (setting.params.strategies !== undefined && setting.params.minScore)
    readStrategies(ctx, setting.params.strategies, { network, addresses: 1 })
  const at = await readMoment(ctx, network, params.snapshot)
  return validate(ctx, { validation: setting, author, space: question.space, network, at, strategies: [] })
}
