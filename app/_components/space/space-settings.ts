import type { SpaceSettings } from '../../../lib/core/messages/settings'
import type { SpaceView } from '../../../lib/core/views/space-view'

/** A space's settings as signed. The server took them by `settingsSchema`, which is what their type says. */
export function spaceSettings(space: SpaceView): SpaceSettings {
  return space.settings as unknown as SpaceSettings
}
