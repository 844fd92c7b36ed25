import { getAddress, isAddress } from 'viem'
import { z } from 'zod'

/** The address of what a strategy asks: in lower case or EIP-55, comes out in EIP-55. */
export const contractAddress = (what: string) =>
  z
    .string()
    .refine((value) => isAddress(value), `The ${what} address is not an address.`)
    .transform((value) => getAddress(value))

export const anyDecimals = z.int().min(0).max(77)

/** As the token says; 18 unless told. */
export const decimals = anyDecimals.default(18)

export const symbol = z.string().max(64).optional()
