import { BaseError, RpcRequestError } from 'viem'
import { expect, test } from 'vitest'
import { findContractFailure, findRpcAnswer } from './contract-failure'

const answer = (code: number, message: string) =>
  new RpcRequestError({ body: { method: 'eth_call' }, error: { code, message }, url: 'node.example' })

test.each([
  ['geth', 3, 'execution reverted: not allowed'],
  ['geth', -32000, 'out of gas'],
  ['geth', -32000, 'invalid opcode: INVALID'],
  ['geth', -32000, 'stack underflow (0 <=> 1)'],
  ['geth', -32000, 'invalid jump destination'],
  ['geth', -32000, 'write protection'],
  ['Erigon', -32000, 'execution reverted'],
  ['Nethermind', -32015, 'VM execution error.'],
  ['Besu', -32000, 'Execution reverted'],
  ['Reth', -32003, 'EVM error: InvalidFEOpcode'],
  ['anvil', -32003, 'EVM error OutOfGas'],
])('%s, %d "%s" is the contract', (_, code, message) => {
  const error = answer(code, message)
  expect(findContractFailure(error)).toBe(error)
  expect(findContractFailure(new BaseError('wrapped', { cause: error }))).toBe(error)
})

test.each([
  [-32000, 'header not found'],
  [-32000, 'missing trie node 1a2b (path )'],
  [-32000, 'execution aborted (timeout = 5s)'],
  [-32000, 'block is out of range'],
  [-32005, 'daily request count exceeded'],
  [-32601, 'the method eth_call does not exist'],
  [-32602, 'invalid argument 0'],
  [-32603, 'internal error'],
  [429, 'too many requests'],
])('%d "%s" is the node', (code, message) => {
  const error = answer(code, message)
  expect(findContractFailure(error)).toBeUndefined()
  expect(findRpcAnswer(new Error('wrapped', { cause: error }))).toBe(error)
})

test('a node that said nothing gave no answer', () => {
  expect(findRpcAnswer(new Error('socket hang up'))).toBeUndefined()
  expect(findRpcAnswer('nonsense')).toBeUndefined()
})
