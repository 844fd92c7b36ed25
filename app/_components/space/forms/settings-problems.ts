import { isAddress } from 'viem'
import { type SpaceSettings, settingsSchema } from '../../../../lib/core/messages/settings'
import { splitParams } from './read-params'
import { type Source, sourceForm } from './source-forms'

/** What keeps settings from being accepted, in sentences; empty when nothing does. */
export function settingsProblems(settings: SpaceSettings): readonly string[] {
  const parsed = settingsSchema.safeParse(clean(settings))
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${fieldName(path)}: ${message}`)
  const sources = settings.strategies.flatMap((source, index) =>
    sourceProblems(source, `source ${index + 1}`),
  )
  const conditions = [
    ...brokenProblem(settings.validation?.params, 'the condition on proposers'),
    ...brokenProblem(settings.voteValidation?.params, 'the condition on voters'),
  ]
  return [...issues, ...sources, ...conditions].map(
    (sentence) => `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`,
  )
}

/** What the fields of a source lack, and those of the sources inside of it; `place` says which one it is. */
function sourceProblems({ name, params = {} }: Source, place: string): string[] {
  const broken = brokenProblem(params, place)
  if (broken.length > 0) return broken
  return sourceForm(name).fields.flatMap((field) => {
    const value = params[field.name]
    if (field.kind === 'address' && !isAddress(String(value ?? '')))
      return [`${place}: the ${field.label.toLowerCase()} is missing, or its checksum is wrong`]
    if (field.kind === 'people') {
      if (!Array.isArray(value) || value.length === 0) return [`${place}: the list of people is empty`]
      const wrong = value.find((person) => !isAddress(String(person)))
      return wrong === undefined ? [] : [`${place}: “${wrong}” is not an address, or its checksum is wrong`]
    }
    if (field.kind === 'weights') {
      const people = Object.entries(value ?? {})
      if (people.length === 0) return [`${place}: the list of people is empty`]
      const wrong = people.find(([person, votes]) => !isAddress(person) || !(Number(votes) >= 0))
      return wrong ? [`${place}: “${wrong[0]}” is not an address and a number of votes`] : []
    }
    if (field.kind === 'sources') {
      const parts = Array.isArray(value) ? (value as Source[]) : []
      return parts.flatMap((part, index) => sourceProblems(part, `${place}, part ${index + 1}`))
    }
    return []
  })
}

function brokenProblem(params: Readonly<Record<string, unknown>> | undefined, place: string): string[] {
  return splitParams(params ?? {}).broken === null ? [] : [`${place}: the parameters are not readable JSON`]
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
