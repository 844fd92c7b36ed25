import {
  type Address,
  concat,
  decodeAbiParameters,
  encodeDeployData,
  type Hex,
  hexToBigInt,
  multicall3Abi,
  type PublicClient,
  pad,
  parseAbiParameters,
  size,
  slice,
} from 'viem'
import { powerLensAbi, powerLensBytecode } from './abi/power-lens'
import type { BlockRef } from './blocks'
import type { Chains } from './chains'
import { findContractFailure, findRpcAnswer } from './contract-failure'
import { readChain } from './read-chain'

/** Gas for one voter's call, however many are asked together: the answer must not depend on the batch. */
const GAS_PER_CALL = 1_000_000n
/** Voters in one `eth_call`. The lens's answer must fit the size limit of deployed code: 33 bytes each. */
const LENS_VOTERS = 500
/** Multicall3 repeats target and calldata per voter, and copies all answers. */
const MULTICALL_VOTERS = 100
/** Requests under way at once, for one `readMany`. */
const CONCURRENCY = 4

/** Multicall3 has the same address on nearly every chain. */
const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11'

export interface ReadManyRequest {
  readonly block: BlockRef
  readonly target: Address
  /** Four bytes of a function that takes the voter's address first and returns one uint256. */
  readonly selector: Hex
  /** ABI-encoded static arguments after the voter, if there are any. */
  readonly tail?: Hex
  readonly voters: readonly Address[]
}

/**
 * Asks a contract the same question about many addresses at one block. Answers in the order of `voters`;
 * undefined where the call failed, as it does for everyone when nothing is deployed at `target`.
 *
 * A node that does not run initcode in `eth_call` is asked through Multicall3, and where that is missing too
 * one by one. Throws `chain_unavailable` when nobody answers.
 */
export function readMany(chains: Chains, request: ReadManyRequest): Promise<(bigint | undefined)[]> {
  return readChain(chains, request.block.chainId, async (client) => {
    const chunks: Address[][] = []
    for (let i = 0; i < request.voters.length; i += LENS_VOTERS) {
      chunks.push(request.voters.slice(i, i + LENS_VOTERS))
    }
    const words = await mapLimited(chunks, (voters) => readChunk(client, request, voters))
    return words.flat()
  })
}

type Read = (
  client: PublicClient,
  request: ReadManyRequest,
  voters: readonly Address[],
) => Promise<(bigint | undefined)[]>

/** The node answered, but not in a way that tells anything about the voters. */
class UnsupportedRead extends Error {}

const readChunk: Read = async (client, request, voters) => {
  for (const read of [readByLens, readByMulticall]) {
    try {
      return await read(client, request, voters)
    } catch (error) {
      // An endpoint that is silent now will not be talkative to smaller questions.
      if (!(error instanceof UnsupportedRead) && !findRpcAnswer(error)) throw error
    }
  }
  return readOneByOne(client, request, voters)
}

const readByLens: Read = async (client, { block, target, selector, tail = '0x' }, voters) => {
  const read: (bigint | undefined)[] = []
  while (read.length < voters.length) {
    const { data = '0x' } = await client.call({
      data: encodeDeployData({
        abi: powerLensAbi,
        bytecode: powerLensBytecode,
        args: [target, selector, tail, GAS_PER_CALL, voters.slice(read.length)],
      }),
      blockNumber: block.number,
    })
    if (data === '0x') throw new UnsupportedRead()
    const [words, answered] = decodeAbiParameters(parseAbiParameters('uint256[], bytes'), data)
    if (words.length === 0) throw new UnsupportedRead()
    read.push(...words.map((word, i) => (slice(answered, i, i + 1) === '0x01' ? word : undefined)))
  }
  return read
}

const readByMulticall: Read = async (client, request, voters) => {
  const { block, target } = request
  if (!(await client.getCode({ address: MULTICALL3, blockNumber: block.number }))) throw new UnsupportedRead()
  const read: (bigint | undefined)[] = []
  while (read.length < voters.length) {
    const some = voters.slice(read.length, read.length + MULTICALL_VOTERS)
    const answers = await client.readContract({
      address: MULTICALL3,
      abi: multicall3Abi,
      functionName: 'aggregate3',
      args: [some.map((voter) => ({ target, allowFailure: true, callData: callDataFor(request, voter) }))],
      blockNumber: block.number,
    })
    for (const [i, voter] of some.entries()) {
      const answer = answers[i]
      // A call that failed here may only have found too little of the shared gas left.
      read.push(answer?.success ? toWord(answer.returnData) : await readOne(client, request, voter))
    }
  }
  return read
}

const readOneByOne: Read = (client, request, voters) =>
  mapLimited(voters, (voter) => readOne(client, request, voter))

async function readOne(
  client: PublicClient,
  request: ReadManyRequest,
  voter: Address,
): Promise<bigint | undefined> {
  try {
    const { data } = await client.call({
      to: request.target,
      data: callDataFor(request, voter),
      // The transaction's own 21,000 and its calldata come on top of what the lens gives.
      gas: GAS_PER_CALL + 50_000n,
      blockNumber: request.block.number,
    })
    return toWord(data)
  } catch (error) {
    if (findContractFailure(error)) return undefined
    throw error
  }
}

function callDataFor({ selector, tail = '0x' }: ReadManyRequest, voter: Address): Hex {
  return concat([selector, pad(voter), tail])
}

function toWord(data: Hex | undefined): bigint | undefined {
  return data && size(data) >= 32 ? hexToBigInt(slice(data, 0, 32)) : undefined
}

/** `Promise.all` over `items`, at most CONCURRENCY at a time, results in order. */
async function mapLimited<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [i, item] of queue) results[i] = await work(item)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  return results
}
