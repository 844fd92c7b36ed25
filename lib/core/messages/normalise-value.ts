import { checksumAddress } from './checksum-address'

/** A value of a signed field in its one JSON form. */
export type FieldValue = string | number | readonly string[] | readonly number[]

type Scalar = string | number

/**
 * A JSON value in the one form of its declared EIP-712 type, or undefined if it has none. Typed-data encoding maps
 * `1`, `"1"` and `"0x1"`, or an address in two cases, to the same digest: without this, whoever carries a signed message
 * to us would choose which of them is stored and counted.
 *
 * `uint32`, `uint64`: integer, at most 2^53 - 1. `address`: EIP-55. `bytes32`: lower-case hex. `string`: unchanged.
 */
export function normaliseValue(type: string, value: unknown): FieldValue | undefined {
  if (!type.endsWith('[]')) return normaliseScalar(type, value)
  if (!Array.isArray(value)) return undefined
  const items = value.map((item) => normaliseScalar(type.slice(0, -2), item))
  return items.includes(undefined) ? undefined : (items as readonly string[] | readonly number[])
}

function normaliseScalar(type: string, value: unknown): Scalar | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' && isText(value) ? value : undefined
    case 'address':
      return checksumAddress(value)
    case 'bytes32':
      return typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value) ? value.toLowerCase() : undefined
    case 'uint32':
      return integer(value, 2 ** 32 - 1)
    case 'uint64':
    case 'uint256':
      return integer(value, Number.MAX_SAFE_INTEGER)
    default:
      return undefined
  }
}

/**
 * Half a surrogate pair has no UTF-8 form, so different strings would share a digest; and Postgres stores no NUL, so a
 * string with one could be accepted and then not kept.
 */
export function isText(value: string): boolean {
  return !/\p{Surrogate}/u.test(value) && !value.includes('\0')
}

function integer(value: unknown, max: number): number | undefined {
  const isNumeral = typeof value === 'string' && /^([0-9]+|0x[0-9a-fA-F]+)$/.test(value)
  const number = isNumeral ? Number(value) : value
  if (!Number.isSafeInteger(number)) return undefined
  const integer = number as number
  // `|| 0`: JSON's -0 is 0.
  return integer >= 0 && integer <= max ? integer || 0 : undefined
}
