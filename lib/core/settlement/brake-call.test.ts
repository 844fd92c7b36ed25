import { decodeFunctionData, keccak256, toBytes } from 'viem'
import { describe, expect, test } from 'vitest'
import { tallyModuleAbi } from '../../chain/abi/tally-module'
import { encodeBrake, reasonHash } from './brake-call'

const proposal = `0x${'ab'.repeat(32)}` as const

describe('encodeBrake', () => {
  test('is what the contract reads as a veto', () => {
    const data = encodeBrake(proposal, { kind: 'veto', reason: 'The recipient is a mixer.' })
    expect(decodeFunctionData({ abi: tallyModuleAbi, data })).toEqual({
      functionName: 'veto',
      args: [proposal, keccak256(toBytes('The recipient is a mixer.'))],
    })
  })

  test('is what the contract reads as a pause', () => {
    const data = encodeBrake(proposal, { kind: 'pause', reason: 'Wait für Ada ✓', duration: 3600 })
    expect(decodeFunctionData({ abi: tallyModuleAbi, data })).toEqual({
      functionName: 'pause',
      args: [proposal, 3600, reasonHash('Wait für Ada ✓')],
    })
  })
})
