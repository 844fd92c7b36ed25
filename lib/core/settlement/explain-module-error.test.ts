import {
  type AbiParameter,
  concatHex,
  encodeAbiParameters,
  encodeErrorResult,
  toFunctionSelector,
} from 'viem'
import { formatAbiItem } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { tallyCheckerAbi } from '../../chain/abi/tally-checker'
import { tallyModuleAbi } from '../../chain/abi/tally-module'
import { votesPowerSourceAbi } from '../../chain/abi/votes-power-source'
import { explainModuleError } from './explain-module-error'

const hash = `0x${'1'.repeat(64)}` as const
const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

describe('explainModuleError', () => {
  test('speaks of calls and ballots as people count them', () => {
    const failed = encodeErrorResult({ abi: tallyModuleAbi, errorName: 'CallFailed', args: [0n] })
    expect(explainModuleError(failed)).toContain('Call 1 of the batch')
    const forged = encodeErrorResult({
      abi: tallyCheckerAbi,
      errorName: 'NotSignedByVoter',
      args: [2n, account, hash],
    })
    expect(explainModuleError(forged)).toBe(`Ballot 3 is not signed by ${account}.`)
  })

  test('explains every error of the contracts but those of their libraries', () => {
    const zero = (type: string) => {
      if (type === 'uint128[3]') return [0n, 0n, 0n]
      return { address: account, bytes32: hash, string: '' }[type] ?? 0n
    }
    const unexplained = [...tallyModuleAbi, ...tallyCheckerAbi, ...votesPowerSourceAbi].flatMap((item) => {
      if (item.type !== 'error') return []
      const data = concatHex([
        toFunctionSelector(formatAbiItem(item)),
        encodeAbiParameters(
          item.inputs as readonly AbiParameter[],
          item.inputs.map(({ type }) => zero(type)),
        ),
      ])
      return explainModuleError(data) === null ? [item.name] : []
    })
    expect([...new Set(unexplained)].sort()).toEqual([
      'AlreadyInitialized',
      'OwnableUnauthorizedAccount',
      'ReentrancyGuardReentrantCall',
      'SafeCastOverflowedUintDowncast',
    ])
  })

  test.each(['0x', '0x12345678', '0x08c379a0', `${hash}`] as const)('says nothing about %s', (data) => {
    expect(explainModuleError(data)).toBeNull()
  })
})
