import {
  type Address,
  concat,
  decodeAbiParameters,
  encodeDeployData,
  type Hex,
  hexToBigInt,
  type PublicClient,
  pad,
  parseAbiParameters,
  size,
  slice,
} from 'viem'
import { powerLensAbi, powerLensBytecode } from './abi/power-lens'
import type { BlockRef } from './blocks'
import { callEach, GAS_PER_CALL } from './call-many'
import type { Chains } from './chains'
import { findRpcAnswer } from './contract-failure'
import { mapLimited } from './map-limited'
import { readChain } from './read-chain'

/** Voters in one `eth_call`. The lens's answer must fit the size limit of deployed code: 33 bytes each. */
const LENS_VOTERS = 500
/** Requests under way at once, for one `readMany`. */
const CONCURRENCY = 4

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
    const words = await mapLimited(CONCURRENCY, chunks, (voters) => readChunk(client, request, voters))
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
  try {
    return await readByLens(client, request, voters)
  } catch (error) {
    // An endpoint that is silent now will not be talkative to smaller questions.
    if (!(error instanceof UnsupportedRead) && !findRpcAnswer(error)) throw error
  }
  const calls = voters.map((voter) => ({ target: request.target, data: callDataFor(request, voter) }))
  return (await callEach(client, request.block.number, calls)).map(toWord)
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

function callDataFor({ selector, tail = '0x' }: ReadManyRequest, voter: Address): Hex {
  return concat([selector, pad(voter), tail])
}

function toWord(data: Hex | undefined): bigint | undefined {
  return data && size(data) >= 32 ? hexToBigInt(slice(data, 0, 32)) : undefined
}
