import { parseAbiParameter } from 'abitype'
import { describe, expect, test } from 'vitest'
import { parseArgument } from './parse-argument'

const ada = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const parse = (type: string, text: string) => parseArgument(parseAbiParameter(type as 'uint256'), text)

describe('parseArgument', () => {
  test('reads each kind of type', () => {
    expect(parse('address who', ada.toLowerCase())).toBe(ada)
    expect(parse('int8 by', '-5')).toBe(-5n)
    expect(parse('bool on', 'true')).toBe(true)
    expect(parse('bytes4 id', '0xa9059cbb')).toBe('0xa9059cbb')
    expect(parse('string note', '  kept as typed ')).toBe('  kept as typed ')
    expect(parse('uint256[] amounts', '["1", 2]')).toEqual([1n, 2n])
    expect(parse('(uint256 id, (bool ok) inner) memo', '{"id": "7", "inner": {"ok": true}}')).toEqual({
      id: 7n,
      inner: { ok: true },
    })
    expect(parse('(uint256, bool)', '["7", false]')).toEqual([7n, false])
  })

  test.each([
    ['uint256 fee', '', 'fee is missing.'],
    ['uint256 fee', '1.5', 'fee must be a whole number.'],
    ['uint256[] amounts', '[90071992547409920]', 'amounts: put large numbers in quotes.'],
    ['uint256[2] pair', '["1"]', 'pair must have 2 entries.'],
    ['uint256[] amounts', '1, 2', 'amounts: write it as JSON, for example ["0x…", "100"].'],
    ['address who', '0x12', 'who is not an address, or its checksum is wrong.'],
    ['bool on', 'yes', 'on must be true or false.'],
    ['bytes data', '0x123', 'data must be 0x and pairs of hex digits.'],
    ['(uint256 id) memo', '{}', 'id is missing.'],
  ])('%s from %j: %s', (type, text, problem) => {
    expect(() => parse(type, text)).toThrow(problem)
  })
})
