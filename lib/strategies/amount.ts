import { parseUnits } from 'viem'
import { z } from 'zod'
import { fixedPoint } from '../core/tally/fixed-point'

/** A number of votes or tokens, as a JSON number or a decimal; comes out as 18-decimal fixed point, cut off after that. */
export const amount = z
  .union([z.number(), z.string()], 'must be a number')
  .refine((value) => (typeof value === 'number' ? value >= 0 : /^\d+(\.\d+)?$/.test(value)), {
    error: 'must be a number, not below 0',
    abort: true,
  })
  .refine((value) => Number(value) < 1e60, { error: 'must be below 10^60', abort: true })
  .transform((value) => (typeof value === 'number' ? fixedPoint(value) : parseDecimal(value)))

function parseDecimal(value: string): bigint {
  const [whole = '', fraction = ''] = value.split('.')
  return parseUnits(`${whole}.${fraction.slice(0, 18)}`, 18)
}
