import { AppError } from '../../core/errors'
import { parseSettings, type SpaceSettings } from '../../core/messages/settings'
import { findMessageEnvelope } from '../../db/message/find-message-envelope'
import type { Context } from '../context'

/** The settings that a message in the log holds: those that a proposal was made under stay what they were. */
export async function settingsUnder({ db }: Pick<Context, 'db'>, settingsId: string): Promise<SpaceSettings> {
  const text = await findMessageEnvelope(db, settingsId)
  if (text === undefined)
    throw new AppError('fault', { message: `settings ${settingsId} are not in the log` })
  return parseSettings(JSON.parse(text).data.message)
}
