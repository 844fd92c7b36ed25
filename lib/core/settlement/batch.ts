import type { Address } from 'abitype'
import {
  concatHex,
  getAddress,
  hashTypedData,
  isAddress,
  keccak256,
  parseAbiItem,
  size,
  toFunctionSignature,
} from 'viem/utils'
import { z } from 'zod'
import { AppError, refuse } from '../errors'
import { isText } from '../messages/normalise-value'
import type { HexString } from '../views/hex-string'
import { decodeFunctionCall } from './function-call'

/** One call that the account is asked to make. Never a delegatecall: `operation` is 0. */
export interface Call {
  /** EIP-55. */
  readonly to: Address
  /** Wei. */
  readonly value: bigint
  /** Lower-case hex. */
  readonly data: HexString
  readonly operation: 0
}

/** A call as it was handed in, with what explains it to people and is not part of any hash. */
export interface ExplainedCall extends Call {
  /** Function signature, name and types only: "setFee(uint256)". It fits the data exactly. */
  readonly signature?: string | undefined
  /** The proposer's own words about this call. */
  readonly note?: string | undefined
}

/** `bytes` counts the calls' data. A larger batch fits into no transaction that nodes pass on. */
export const batchLimits = { calls: 64, bytes: 128 * 1024 } as const

const callSchema = z
  .strictObject(
    {
      to: z
        .string('must be an address')
        .refine((to) => isAddress(to), 'is not an address, or its checksum is wrong')
        .transform((to) => getAddress(to))
        .refine((to) => BigInt(to) !== 0n, 'is the zero address: what is sent there is lost'),
      value: z
        .string('must be an amount of wei in decimal digits, as a string')
        .regex(/^(0|[1-9]\d{0,77})$/, 'is not an amount of wei in decimal digits')
        .transform(BigInt)
        .refine((value) => value < 2n ** 256n, 'is larger than any amount can be'),
      data: z
        .string('must be 0x and pairs of hex digits')
        .regex(/^0x([0-9a-fA-F]{2})*$/, 'is not 0x and pairs of hex digits')
        .transform((data) => data.toLowerCase() as HexString),
      operation: z.literal(0, 'must be 0: delegatecalls are not executed').default(0),
      signature: z.string().optional(),
      note: z
        .string()
        .max(1_000, 'is longer than 1000 characters')
        .refine(isText, 'has a character that is no text: NUL, or half of a surrogate pair')
        .optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `has no field "${issue.keys.join('", "')}"`
          : 'must be an object',
    },
  )
  .superRefine(({ signature, data }, context) => {
    if (signature === undefined) return
    try {
      decodeFunctionCall(signature, data)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      context.addIssue({ code: 'custom', path: ['signature'], message: `does not fit: ${error.message}` })
    }
  })
  .transform(({ signature, ...call }) =>
    signature === undefined ? call : { ...call, signature: withoutNames(signature) },
  )

/**
 * The JSON form of a batch, `[{ to, value, data, signature?, note? }]` with `value` in wei as a decimal
 * string. Accepts 1 to 64 calls with at most 128 kB of data together, and gives them normalised. Of a signature
 * stay the name and the types, which the data's selector confirms; parameter names are anybody's word.
 */
export const batchSchema = z
  .array(callSchema, 'must be a list of calls')
  .min(1, 'is empty: there is nothing to execute')
  .max(batchLimits.calls, `has more than ${batchLimits.calls} calls`)
  .refine(
    (calls) => calls.reduce((total, call) => total + size(call.data), 0) <= batchLimits.bytes,
    'carries more than 128 kB of data',
  )

/** Reads the JSON form of a batch; refuses a wrong one with a sentence that names the call and the field. */
export function parseBatch(json: unknown): readonly ExplainedCall[] {
  const parsed = batchSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const [index, field] = issue?.path ?? []
  if (typeof index !== 'number') return refuse(`the batch ${issue?.message ?? 'is malformed'}`)
  return refuse(
    `call ${index + 1}${field === undefined ? '' : `: ${String(field)}`} ${issue?.message ?? 'is malformed'}`,
  )
}

function withoutNames(signature: string): string {
  const item = parseAbiItem<string>(`function ${signature}`)
  return item.type === 'function' ? toFunctionSignature(item) : refuse(`"${signature}" is not a function`)
}

const transactionTypes = {
  Transaction: [
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'data', type: 'bytes' },
    { name: 'operation', type: 'uint8' },
    { name: 'nonce', type: 'uint256' },
  ],
} as const

/**
 * Names a batch for one account on one chain: the keccak of its calls' EIP-712 hashes as SafeSnap forms them,
 * the index being the nonce. This is what voters see and sign. `verifyingContract` is the module, or the Safe
 * where there is none.
 */
export function executionHash(batch: {
  readonly chainId: number
  readonly verifyingContract: Address
  readonly calls: readonly Call[]
}): HexString {
  if (batch.calls.length === 0) refuse('the batch is empty: there is nothing to execute')
  const domain = { chainId: batch.chainId, verifyingContract: batch.verifyingContract }
  const hashes = batch.calls.map(({ to, value, data, operation }, index) =>
    hashTypedData({
      domain,
      types: transactionTypes,
      primaryType: 'Transaction',
      message: { to, value, data, operation, nonce: BigInt(index) },
    }),
  )
  return keccak256(concatHex(hashes))
}
