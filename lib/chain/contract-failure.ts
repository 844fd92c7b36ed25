import { RpcRequestError } from 'viem'

/** How nodes word an EVM execution that ended without an answer: geth, Erigon, Nethermind, Besu, Reth, anvil. */
const FAILURE =
  /revert|out ?of ?gas|invalid ?(fe)?opcode|opcode not found|stack ?(over|under)flow|invalid ?jump|EVM error|VM execution error|out ?of ?offset|write protection|StateChangeDuringStaticCall/i

/**
 * The node's own answer, when `error` or one of its causes is a contract that reverted, ran out of gas or
 * executed nonsense. Undefined for everything that may differ on another node or a minute later.
 */
export function findContractFailure(error: unknown): RpcRequestError | undefined {
  const answer = findRpcAnswer(error)
  if (answer === undefined) return undefined
  return answer.code === 3 || answer.code === -32015 || FAILURE.test(answer.details) ? answer : undefined
}

/** The JSON-RPC error a node answered with, if that is why `error` was thrown; a silent node gives undefined. */
export function findRpcAnswer(error: unknown): RpcRequestError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RpcRequestError) return cause
  }
  return undefined
}
