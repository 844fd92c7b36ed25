import { expect, it } from 'vitest'
import { formatAddCheckpoint, parseAddCheckpoint } from './add-checkpoint'
import { toBase64 } from './base64'
import { parseCheckpointText } from './checkpoint'
import { parseNote } from './signed-note'

// The example of C2SP tlog-witness.
const request = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`

it('reads and writes the example of the specification', () => {
  const parsed = parseAddCheckpoint(request)
  expect(parsed.oldSize).toBe(20852014)
  expect(parsed.proof.map(toBase64)).toEqual(request.split('\n').slice(1, 5))
  const { text, signatures } = parseNote(parsed.checkpoint)
  expect(parseCheckpointText(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 })
  expect(signatures).toHaveLength(2)
  expect(formatAddCheckpoint(parsed)).toBe(request)
})

it('asks a witness that knows nothing yet', () => {
  expect(parseAddCheckpoint('old 0\n\nnote')).toEqual({ oldSize: 0, proof: [], checkpoint: 'note' })
})

it.each([
  ['no size', request.replace('old 20852014\n', '')],
  ['a size with a leading zero', request.replace('old 2', 'old 02')],
  ['a short hash', request.replace('PlRNCrwH', 'PlRN')],
  ['64 hashes', `old 1\n${'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n'.repeat(64)}\nnote`],
  ['no empty line', 'old 0\n'],
])('refuses %s', (_, body) => {
  expect(() => parseAddCheckpoint(body)).toThrow('malformed add-checkpoint request')
})
