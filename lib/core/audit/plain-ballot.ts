import { type LineOf, patterns } from './bundle-line'

const KEYS = 'kind,index,acceptedAtMs,form,sig,message,status,power'
const statuses: readonly unknown[] = [
  'counted',
  'superseded',
  'powerless',
  'uncountable',
] satisfies LineOf<'ballot'>['status'][]

/**
 * Whether a parsed value is a ballot line beyond doubt: of a key, written as `writeBundle` does. Many times as fast as
 * `bundleLineSchema`, which has the last word on all that is none: a ballot by this is one by the schema too.
 */
export function isPlainBallot(value: unknown): value is LineOf<'ballot'> {
  if (!isRecord(value) || value.kind !== 'ballot' || Object.keys(value).join() !== KEYS) return false
  const { index, acceptedAtMs, form, sig, message, status, power } = value
  return (
    isPlace(index) &&
    isPlace(acceptedAtMs) &&
    isPlace(form) &&
    typeof sig === 'string' &&
    patterns.hex.test(sig) &&
    isRecord(message) &&
    !Object.hasOwn(message, '__proto__') &&
    Object.values(message).every(isSigned) &&
    statuses.includes(status) &&
    Array.isArray(power) &&
    power.length <= 64 &&
    power.every((part) => typeof part === 'string' && patterns.amount.test(part))
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlace(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Text, a number, or a list of either. */
function isSigned(value: unknown): boolean {
  if (typeof value === 'string' || Number.isFinite(value)) return true
  return (
    Array.isArray(value) &&
    (value.every((item) => typeof item === 'string') || value.every((item) => Number.isFinite(item)))
  )
}
