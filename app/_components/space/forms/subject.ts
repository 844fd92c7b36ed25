import type { ComponentType } from 'react'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'

export interface SubjectProps {
  readonly settings: SpaceSettings
  readonly onChange: (settings: SpaceSettings) => void
  /** The space's id; of a new one as far as it is typed. */
  readonly space: string
}

/** One subject of a space's settings: a form over the settings keys that belong to it. */
export interface Subject {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly keys: readonly (keyof SpaceSettings)[]
  readonly Fields: ComponentType<SubjectProps>
  /** Only the controller may change it; admins may change the others. */
  readonly controllerOnly?: boolean
}
