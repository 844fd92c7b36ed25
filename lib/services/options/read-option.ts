import { refuse } from '../../core/errors'
import type { OptionName } from './options'

/** Strategies are read for every voter, choices counted for every ballot: more no operator should have to wait for. */
const most = { strategies_limit: 32, choices_limit: 1_000, body_limit: 90_000 } as const

/** An option's value in its one form. Throws `invalid` with a sentence that says what the option takes. */
export function readOption(name: OptionName, text: string): string {
  const value = text.trim()
  if (name === 'space.ecosystem.list') {
    const ids = value.split(',').map((id) => id.trim().toLowerCase())
    if (ids.some((id) => /[\s:]/.test(id))) refuse(`${name} takes ids of spaces, separated by commas.`)
    return ids.filter(Boolean).join(',')
  }
  if (name === 'space.require_validation') {
    return value === '0' || value === '1' ? value : refuse(`${name} takes 0 or 1.`)
  }
  const maximum = most[name.split('.').at(-1) as keyof typeof most] ?? 1_000_000_000
  if (!/^\d{1,10}$/.test(value) || Number(value) > maximum) {
    refuse(`${name} takes a whole number from 0 to ${maximum}.`)
  }
  return String(Number(value))
}
