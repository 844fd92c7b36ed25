import { type Address, type Hex, multicall3Abi, type PublicClient } from 'viem'
import type { BlockRef } from './blocks'
import type { Chains } from './chains'
import { findContractFailure, findRpcAnswer } from './contract-failure'
import { mapLimited } from './map-limited'
import { readChain } from './read-chain'

/** Gas for one call, however many are made together: the answer must not depend on the batch. */
export const GAS_PER_CALL = 1_000_000n
/** Multicall3 repeats target and calldata per call, and copies all answers. */
export const MULTICALL_CALLS = 100
/** Requests under way at once. */
export const CONCURRENCY = 4

/** Multicall3 has the same address on nearly every chain. */
export const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11'

export interface Call {
  readonly target: Address
  readonly data: Hex
}

/**
 * Makes calls at one block, through Multicall3 where the chain has it and else one by one. Answers what each returned,
 * in order; undefined where one failed. An address without code returns '0x'. Throws `chain_unavailable`.
 */
export function callMany(
  chains: Chains,
  { block, calls }: { readonly block: BlockRef; readonly calls: readonly Call[] },
): Promise<(Hex | undefined)[]> {
  return readChain(chains, block.chainId, (client) => callEach(client, block.number, calls))
}

/** Like `callMany`, within `readChain`. */
export async function callEach(
  client: PublicClient,
  blockNumber: bigint,
  calls: readonly Call[],
): Promise<(Hex | undefined)[]> {
  if (calls.length > 1 && (await hasMulticall(client, blockNumber))) {
    try {
      const chunks: Call[][] = []
      for (let i = 0; i < calls.length; i += MULTICALL_CALLS) chunks.push(calls.slice(i, i + MULTICALL_CALLS))
      const answers = (
        await mapLimited(CONCURRENCY, chunks, (some) => callTogether(client, blockNumber, some))
      ).flat()
      // A call that failed here may only have found too little of the shared gas left.
      return await mapLimited(
        CONCURRENCY,
        [...calls.entries()],
        async ([i, call]) => answers[i] ?? callOne(client, blockNumber, call),
      )
    } catch (error) {
      // An endpoint that is silent now will not be talkative to smaller questions.
      if (!findRpcAnswer(error)) throw error
    }
  }
  return mapLimited(CONCURRENCY, calls, (call) => callOne(client, blockNumber, call))
}

/** Whether Multicall3 can be asked at that block. */
export async function hasMulticall(client: PublicClient, blockNumber: bigint): Promise<boolean> {
  return (await client.getCode({ address: MULTICALL3, blockNumber })) !== undefined
}

/** One request, whatever comes of the calls; those that failed share its gas with the others. Multicall3 must be there. */
export async function callTogether(
  client: PublicClient,
  blockNumber: bigint,
  calls: readonly Call[],
): Promise<(Hex | undefined)[]> {
  const answers = await client.readContract({
    address: MULTICALL3,
    abi: multicall3Abi,
    functionName: 'aggregate3',
    args: [calls.map(({ target, data }) => ({ target, allowFailure: true, callData: data }))],
    blockNumber,
  })
  return answers.map(({ success, returnData }) => (success ? returnData : undefined))
}

export async function callOne(
  client: PublicClient,
  blockNumber: bigint,
  { target, data }: Call,
): Promise<Hex | undefined> {
  try {
    // The transaction's own 21,000 and its calldata come on top of what the lens gives.
    const answer = await client.call({ to: target, data, gas: GAS_PER_CALL + 50_000n, blockNumber })
    return answer.data ?? '0x'
  } catch (error) {
    if (findContractFailure(error)) return undefined
    throw error
  }
}
