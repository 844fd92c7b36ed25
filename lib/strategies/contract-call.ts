import {
  type Address,
  concat,
  encodeAbiParameters,
  getAddress,
  type Hex,
  hexToBigInt,
  size,
  slice,
  toFunctionSelector,
} from 'viem'
import { z } from 'zod'
import type { BlockRef } from '../chain/blocks'
import { callMany } from '../chain/call-many'
import type { Chains } from '../chain/chains'
import { readMany } from '../chain/read-many'
import { contractAddress, decimals, symbol } from './contract-address'
import { tokenName } from './erc20'
import { expectAnswers } from './expect-answers'
import { defineStrategy } from './strategy'
import { toPower } from './to-power'

/** Stands for the voter's address, wherever it is part of a text argument. */
const VOTER = '%{address}'

/** Every voter's call is encoded and sent: what a stranger's settings make of one must be small. */
const MAX_TEXT = 1_000
const MAX_ITEMS = 32
const MAX_CALLDATA = 4_096
/** Voters whose calls are encoded at a time. */
const VOTERS_AT_ONCE = 500

/** The plain types of Solidity. */
const plain = '(u?int\\d{0,3}|address|bool|bytes\\d{0,2}|string)'
const typed = (pattern: string, message: string) =>
  z.object({
    name: z.string().max(64).default(''),
    type: z
      .string()
      .regex(new RegExp(`^${pattern}$`), message)
      // `uint` and `int` written out.
      .transform((type) => type.replace(/^(u?int)(?=$|\[)/, '$1256')),
  })
const input = typed(`${plain}(\\[\\d{0,2}\\])?`, 'Only plain types and lists of them can be passed.')
const output = typed(plain, 'Only methods that return plain values can be called.')

const methodSchema = z.object({
  name: z.string().regex(/^[A-Za-z_$][\w$]{0,63}$/, 'must be the name of a method'),
  inputs: z.array(input).max(16).default([]),
  outputs: z.array(output).min(1).max(16),
})

type Method = z.output<typeof methodSchema>

const argument = z
  .unknown()
  .refine(
    (value) => isShort(value) || (Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isShort)),
    `An argument is a text of up to ${MAX_TEXT} characters, a number, true or false, or a list of up to ${MAX_ITEMS} of them.`,
  )

function isShort(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= MAX_TEXT : ['number', 'boolean'].includes(typeof value)
}

const paramsSchema = z
  .object({
    address: contractAddress('contract'),
    methodABI: methodSchema,
    args: z.array(argument).max(16).default([VOTER]),
    /** Which of several returned values counts, by name or place. */
    output: z.union([z.string(), z.int()]).transform(String).optional(),
    decimals,
    symbol,
  })
  .transform((params, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    const { methodABI: method, args } = params
    // What fits the longest address fits every one.
    const data = tryToEncode(method, args, getAddress(`0x${'f'.repeat(40)}`))
    if (data === undefined) refuse('args', `The arguments do not fit the method ${method.name}.`)
    else if (size(data) > MAX_CALLDATA) {
      refuse('args', `The arguments are longer than ${MAX_CALLDATA} bytes together.`)
    }
    const place = placeOf(method, params.output || undefined)
    if (place === undefined) {
      refuse(
        'output',
        'Name the returned value that counts: the method returns several, or none of that name.',
      )
    } else if (!/^u?int/.test(method.outputs[place]?.type ?? '')) {
      refuse('methodABI', 'The returned value that counts has to be a number.')
    }
    return { ...params, output: place ?? 0 }
  })

/** A number that any contract tells about the voter. */
export const contractCall = defineStrategy({
  id: 'contract-call',
  version: 1,
  label: 'What a contract says',
  paramsSchema,
  example: {
    address: '0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984',
    symbol: 'UNI',
    decimals: 18,
    args: ['%{address}'],
    methodABI: {
      name: 'balanceOf',
      type: 'function',
      stateMutability: 'view',
      inputs: [{ name: 'account', type: 'address' }],
      outputs: [{ name: '', type: 'uint256' }],
    },
  },
  describe: (params) =>
    `What ${params.methodABI.name} of the contract ${tokenName(params)} says of the voter at the snapshot block`,
  explainZero: (params) =>
    `The contract ${tokenName(params)} gave you no votes at the snapshot block. What changed there afterwards counts from the next snapshot on.`,
  async measure({ chains }, { voters, block, params }) {
    const { address, methodABI: method, decimals } = params
    const words = await readWords(chains, params, { voters, block })
    const answers = expectAnswers({ id: 'contract-call', address, block, voters }, words)
    const type = method.outputs[params.output]?.type ?? ''
    return new Map([...answers].map(([voter, word]) => [voter, toPower(readNumber(word, type), decimals)]))
  },
})

/** The word that counts of what is returned for each voter. */
async function readWords(
  chains: Chains,
  { address: target, methodABI: method, args, output }: z.output<typeof paramsSchema>,
  { voters, block }: { readonly voters: readonly Address[]; readonly block: BlockRef },
): Promise<(bigint | undefined)[]> {
  const tail = output === 0 ? findTail(method, args) : undefined
  if (tail !== undefined) {
    return readMany(chains, { block, target, selector: selectorOf(method), tail, voters })
  }
  const words: (bigint | undefined)[] = []
  for (let i = 0; i < voters.length; i += VOTERS_AT_ONCE) {
    const some = voters.slice(i, i + VOTERS_AT_ONCE)
    const calls = some.map((voter) => ({ target, data: encode(method, args, voter) }))
    for (const data of await callMany(chains, { block, calls })) words.push(wordAt(data, output))
  }
  return words
}

/** What follows the voter's address where that comes first and nowhere else: then all voters are one read. */
function findTail(method: Method, args: readonly unknown[]): Hex | undefined {
  const [first, ...others] = args
  const isFirst = first === VOTER && method.inputs[0]?.type === 'address'
  if (!isFirst || others.some((arg) => typeof arg === 'string' && arg.includes(VOTER))) return undefined
  const data = encode(method, args, getAddress(`0x${'0'.repeat(40)}`))
  return size(data) === 36 ? '0x' : slice(data, 36)
}

function selectorOf({ name, inputs }: Method): Hex {
  return toFunctionSelector(`${name}(${inputs.map(({ type }) => type).join(',')})`)
}

function encode(method: Method, args: readonly unknown[], voter: Address): Hex {
  const values = method.inputs.map(({ type }, i) => {
    const arg = args[i]
    return toValue(type, typeof arg === 'string' ? arg.replaceAll(VOTER, voter) : arg)
  })
  return concat([selectorOf(method), encodeAbiParameters(method.inputs, values)])
}

function tryToEncode(method: Method, args: readonly unknown[], voter: Address): Hex | undefined {
  if (args.length !== method.inputs.length) return undefined
  try {
    return encode(method, args, voter)
  } catch {
    return undefined
  }
}

/** JSON as viem takes a value of the type. Throws when it cannot be one. */
function toValue(type: string, json: unknown): unknown {
  const item = /^(.*)\[\d*\]$/.exec(type)?.[1]
  if (item !== undefined) {
    if (!Array.isArray(json)) throw new TypeError('not a list')
    return json.map((value) => toValue(item, value))
  }
  if (/^u?int/.test(type)) {
    if (Number.isSafeInteger(json) || (typeof json === 'string' && json !== '')) return BigInt(json as string)
    throw new TypeError('not a whole number')
  }
  if (typeof json !== (type === 'bool' ? 'boolean' : 'string')) throw new TypeError(`not of type ${type}`)
  return json
}

function placeOf({ outputs }: Method, output: string | undefined): number | undefined {
  if (output === undefined) return outputs.length === 1 ? 0 : undefined
  const place = outputs.findIndex(({ name }, i) => name === output || String(i) === output)
  return place < 0 ? undefined : place
}

/** Returned plain values are one word each, and what is longer follows behind. */
function wordAt(data: Hex | undefined, place: number): bigint | undefined {
  const end = 32 * (place + 1)
  return data !== undefined && size(data) >= end ? hexToBigInt(slice(data, end - 32, end)) : undefined
}

/** A word as a number of its type; what is below 0 is no power. */
function readNumber(word: bigint, type: string): bigint {
  const [, sign, bits = '256'] = /^(u?)int(\d*)$/.exec(type) ?? []
  if (sign === 'u') return BigInt.asUintN(Number(bits), word)
  const value = BigInt.asIntN(Number(bits), word)
  return value < 0n ? 0n : value
}
