import { isAddress } from 'viem'
import { type SpaceSettings, settingsSchema } from '../../../../lib/core/messages/settings'

/** What keeps settings from being accepted, in sentences; empty when nothing does. */
export function settingsProblems(settings: SpaceSettings): readonly string[] {
  const parsed = settingsSchema.safeParse(clean(settings))
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${fieldName(path)}: ${message}`)
  const strategies = settings.strategies.flatMap(({ name, params }, index) => {
    if (name.startsWith('erc20') && !isAddress(String(params?.address ?? ''))) {
      return [`Source ${index + 1}: the token’s address is missing, or its checksum is wrong`]
    }
    const addresses = params?.addresses
    if (name === 'whitelist' && (!Array.isArray(addresses) || addresses.length === 0)) {
      return [`Source ${index + 1}: the list of people is empty`]
    }
    return []
  })
  return [...issues, ...strategies].map((sentence) => `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`)
}

/** The settings without keys that are not set, as they go into the signed text. */
export function clean(settings: SpaceSettings): SpaceSettings {
  const filled = Object.entries(settings).filter(([, value]) => {
    if (value === undefined || value === '') return false
    if (Array.isArray(value)) return value.length > 0
    return typeof value !== 'object' || value === null || Object.keys(value).length > 0
  })
  return Object.fromEntries(filled) as SpaceSettings
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `no. ${part + 1}` : String(part))).join(', ')
}
