import { describe, expect, test } from 'vitest'
import { decodeCall } from '../../../../lib/core/settlement/decode-call'
import { buildCall, type CallDraft, emptyCall } from './call-draft'
import { sumsSent } from './sums-sent'

const safe = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const eve = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'

const native = (part: object) =>
  buildCall({ ...emptyCall('native'), to: eve, amount: '1', ...part } as CallDraft, safe)
const tokens = (part: object) =>
  buildCall(
    {
      ...emptyCall('token'),
      token,
      decimals: '6',
      symbol: 'USDX',
      to: eve,
      amount: '1',
      ...part,
    } as CallDraft,
    safe,
  )
const contract = (part: object) =>
  buildCall(
    {
      ...emptyCall('contract'),
      to: token,
      abi: 'setFee(uint256 fee, address collector)',
      signature: 'setFee(uint256 fee, address collector)',
      args: ['30', eve],
      ...part,
    } as CallDraft,
    safe,
  )

describe('buildCall', () => {
  test('what is typed is what is sent, to the last digit', () => {
    expect(native({ amount: '1,000.000000000000000001' }).call).toEqual({
      to: eve,
      value: 1000000000000000000001n,
      data: '0x',
      operation: 0,
    })
    const sent = tokens({ amount: '12.345678' })
    expect(sent.call && decodeCall(sent.call)).toMatchObject({
      kind: 'send-erc20',
      to: eve,
      amount: 12_345_678n,
    })
  })

  test.each(['', '0', '0.0', '-1', '1e3', 'one', '.', '1.2.3', '0.0000000000000000001'])(
    'refuses the amount %j',
    (amount) => {
      expect(native({ amount }).problem).toContain('amount')
    },
  )

  test('refuses more decimals than the token has instead of cutting them', () => {
    expect(tokens({ amount: '0.1234567' }).problem).toContain('too many decimals')
  })

  test.each([
    ['', 'missing'],
    ['0x12', 'not an address'],
    [eve.replace('D', 'd'), 'checksum'],
    ['0x0000000000000000000000000000000000000000', 'zero address'],
    [safe, 'the Safe itself'],
  ])('refuses the recipient %s', (to, why) => {
    expect(native({ to }).problem).toContain(why)
    expect(tokens({ to }).problem).toContain(why)
  })

  test('refuses to send tokens to their own contract', () => {
    expect(tokens({ to: token }).problem).toContain('token contract')
  })

  test('a contract call decodes by its own signature to what was typed', () => {
    const built = contract({})
    expect(built.call && decodeCall(built.call, { signature: built.signature })).toMatchObject({
      kind: 'contract-call',
      functionName: 'setFee',
      arguments: [
        { name: 'fee', value: '30' },
        { name: 'collector', value: eve },
      ],
    })
  })

  test('coins go only to functions that take them', () => {
    expect(contract({ amount: '1' }).problem).toContain('does not take coins')
    const abi = 'function pay(address to) payable'
    expect(contract({ abi, signature: 'pay(address to)', args: [eve], amount: '1' }).call?.value).toBe(
      10n ** 18n,
    )
  })

  test('names the argument that is wrong', () => {
    expect(contract({ args: ['30', '0x1'] }).problem).toContain('collector')
    expect(contract({ args: ['', eve] }).problem).toBe('fee is missing.')
    expect(contract({ args: ['-1', eve] }).problem).not.toBeNull()
  })
})

test('what calls send adds up by asset, coins sent along too; calls that are not ready send nothing', () => {
  const pay = contract({
    ...{ abi: 'function pay(address to) payable', signature: 'pay(address to)', args: [eve], amount: '0.5' },
  })
  const built = [native({}), tokens({}), tokens({ amount: '2' }), native({ amount: '' }), pay]
  expect(pay.problem).toBeNull()
  expect(sumsSent(built)).toEqual([
    { token: null, units: 1_500_000_000_000_000_000n },
    { token: { address: token, symbol: 'USDX', decimals: 6 }, units: 3_000_000n },
  ])
  expect(sumsSent([])).toEqual([])
})
