import { callRpc } from './json-rpc'

const STEP_SECONDS = 43_200

/**
 * Takes a new anvil chain, whose clock stands in the past, to the present for good: a block every twelve hours on
 * the way, for proposals of the past to name as their snapshot.
 */
export async function catchUpWithTime(rpcUrl: string): Promise<void> {
  const latest = (await callRpc(rpcUrl, 'eth_getBlockByNumber', ['latest', false])) as { timestamp: string }
  const now = Math.floor(Date.now() / 1000)
  for (let time = Number(latest.timestamp) + STEP_SECONDS; time < now; time += STEP_SECONDS) {
    await callRpc(rpcUrl, 'evm_setNextBlockTimestamp', [time])
    await callRpc(rpcUrl, 'evm_mine', [])
  }
  await callRpc(rpcUrl, 'evm_setTime', [now])
  await callRpc(rpcUrl, 'evm_mine', [])
}
