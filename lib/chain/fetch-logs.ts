import { type Address, type Hex, numberToHex, type PublicClient, type RpcLog } from 'viem'
import { findRpcAnswer } from './contract-failure'

/**
 * The logs of one contract between two blocks, both included, in the order of the chain. A range that a node finds too
 * wide is halved until it answers. Called within `readChain`.
 */
export async function fetchLogs(
  client: PublicClient,
  query: {
    readonly address: Address
    /** By position; a list stands for any of its members, null for anything. */
    readonly topics: (Hex | Hex[] | null)[]
    readonly from: bigint
    readonly to: bigint
  },
): Promise<RpcLog[]> {
  const { address, topics, from, to } = query
  try {
    return await client.request({
      method: 'eth_getLogs',
      params: [{ address, topics, fromBlock: numberToHex(from), toBlock: numberToHex(to) }],
    })
  } catch (error) {
    // A node that answers with an error may find the range too wide; one that does not answer is down.
    if (from === to || !findRpcAnswer(error)) throw error
    const middle = (from + to) / 2n
    const first = await fetchLogs(client, { ...query, to: middle })
    return [...first, ...(await fetchLogs(client, { ...query, from: middle + 1n }))]
  }
}
