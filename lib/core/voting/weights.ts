import { z } from 'zod'
import { fixedPoint } from '../tally/fixed-point'

/** Weight by option number ('1'..'n'); left out means 0. Only the proportions matter. */
export type Weights = Readonly<Record<string, number>>

// Wide enough for amounts in wei, narrow enough that 36 decimals hold every double in between exactly.
const SMALLEST = 1e-18
const LARGEST = 1e36
const DECIMALS = 36

/**
 * At least one positive weight; keys canonical option numbers, so that '01' or '1e0' (which Snapshot lets pass
 * and then does not count) are refused; each weight 0 or between 10^-18 and 10^36.
 */
export function weightsSchema(optionCount: number): z.ZodType<Weights> {
  return z.custom<Weights>((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const entries: [string, unknown][] = Object.entries(value)
    return (
      entries.some(([, weight]) => weight !== 0) &&
      entries.every(([key, weight]) => isOption(key, optionCount) && isWeight(weight))
    )
  }, 'invalid choice')
}

/** Weights by option as integers in the same proportion: each taken as the decimal it was written as, exactly. */
export function weightRatio(weights: Weights, optionCount: number): bigint[] {
  return Array.from({ length: optionCount }, (_, index) => fixedPoint(weights[index + 1] ?? 0, DECIMALS))
}

/** `33.3% for A, 66.7% for B`. */
export function describeWeights(weights: Weights, options: readonly string[]): string {
  const ratio = weightRatio(weights, options.length)
  const whole = ratio.reduce((sum, weight) => sum + weight, 0n)
  return options
    .flatMap((option, index) => {
      const weight = ratio[index] ?? 0n
      const tenths = (2000n * weight + whole) / (2n * whole)
      return weight > 0n ? [`${Number(tenths) / 10}% for ${option}`] : []
    })
    .join(', ')
}

function isOption(key: string, optionCount: number): boolean {
  return /^[1-9]\d*$/.test(key) && Number(key) <= optionCount
}

function isWeight(weight: unknown): boolean {
  return typeof weight === 'number' && (weight === 0 || (weight >= SMALLEST && weight <= LARGEST))
}
