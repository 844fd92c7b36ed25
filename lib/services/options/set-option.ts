import { AppError } from '../../core/errors'
import { saveOption } from '../../db/option/save-option'
import type { Context } from '../context'
import { forgetOptions } from './known-options'
import { isOptionName, optionDefaults } from './options'
import { readOption } from './read-option'

/** Sets an option, or gives it back its default with null. Answers its value. Throws `not_found`, `invalid`. */
export async function setOption(
  ctx: Pick<Context, 'db' | 'log'>,
  name: string,
  value: string | null,
): Promise<string> {
  if (!isOptionName(name)) throw new AppError('not_found', { message: `There is no option "${name}".` })
  const read = value === null ? null : readOption(name, value)
  await saveOption(ctx.db, name, read)
  forgetOptions(ctx)
  ctx.log.info({ event: 'option.set', name, value: read ?? 'default' })
  return read ?? optionDefaults[name]
}
