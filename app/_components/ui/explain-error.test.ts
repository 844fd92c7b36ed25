import {
  BaseError,
  encodeErrorResult,
  InternalRpcError,
  parseAbi,
  RpcRequestError,
  TransactionExecutionError,
  UserRejectedRequestError,
} from 'viem'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../../../lib/client/api'
import { explainError } from './explain-error'

const refusal = encodeErrorResult({ abi: parseAbi(['error CommitTooLate(uint256 deadline)']), args: [5n] })
const inWords = 'The time to commit the tally is over. The proposal can only be run again.'

/** What a wallet client throws, around what a node or a wallet answered. */
const thrown = (data: unknown) =>
  new TransactionExecutionError(
    new InternalRpcError(
      new RpcRequestError({ body: {}, url: '', error: { code: 3, message: 'execution reverted', data } }),
    ),
    { account: null },
  )

describe('explainError', () => {
  test.each([
    ['a node passes on', refusal],
    ['a wallet wraps', { data: refusal }],
    ['a wallet wraps twice', { originalError: { code: 3, data: refusal } }],
  ])('says why the module refused, as %s it', (_, data) => {
    expect(explainError(thrown(data))).toEqual({ why: inWords, todo: null })
  })

  test('what is no error of the module is told as the wallet tells it', () => {
    for (const data of ['0x', '0x12345678', { message: 'no' }, undefined]) {
      expect(explainError(thrown(data)).why).not.toBe(inWords)
      expect(explainError(thrown(data)).why).not.toBe('')
    }
  })

  test('a declined request and a refusal of the server keep their words', () => {
    const declined = new BaseError('x', { cause: new UserRejectedRequestError(new Error('no')) })
    expect(explainError(declined).why).toMatch(/declined/)
    expect(explainError(new ApiError(400, 'The tally was committed.', false)).why).toBe(
      'The tally was committed.',
    )
  })
})
