import type { SpaceSettings } from '../../core/messages/settings'
import type { SpaceRow } from '../../db/space/find-space'

/** The settings as stored: they passed their schema when they were accepted. */
export function settingsOf(row: SpaceRow): SpaceSettings {
  return row.settings as unknown as SpaceSettings
}
