import { erc20Abi } from 'viem'
import { describe, expect, test } from 'vitest'
import { readAbi } from './read-abi'

const signatures = (text: string) => readAbi(text).functions.map(({ signature }) => signature)

describe('readAbi', () => {
  test('lists what changes something, from JSON, an artifact, or signatures', () => {
    const expected = [
      'approve(address spender, uint256 amount)',
      'transfer(address recipient, uint256 amount)',
      'transferFrom(address sender, address recipient, uint256 amount)',
    ]
    expect(signatures(JSON.stringify(erc20Abi))).toEqual(expected)
    expect(signatures(JSON.stringify({ contractName: 'Token', abi: erc20Abi }))).toEqual(expected)
    expect(
      signatures('setFee(uint256 fee)\nfunction pause() external;\nfunction total() view returns (uint256)'),
    ).toEqual(['setFee(uint256 fee)', 'pause()'])
  })

  test('a struct is written out, so that the signature stands alone', () => {
    expect(signatures('struct Memo { uint256 id; string note; }\nfunction file(Memo memo)')).toEqual([
      'file((uint256 id, string note) memo)',
    ])
  })

  test('says what is wrong', () => {
    expect(readAbi('').problem).toBeNull()
    expect(readAbi('what is this').problem).toContain('neither')
    expect(readAbi('{"abi": 5').problem).toContain('neither')
    expect(readAbi('function total() view returns (uint256)').problem).toContain('no function')
  })
})
