import { expect, it } from 'vitest'
import { parseCancel } from './delete-proposal'
import { parseProposal } from './proposal'
import { parseUpdateProposal } from './update-proposal'

const id = `0x${'ab'.repeat(32)}`
const message = {
  from: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A',
  space: 'river-dao',
  timestamp: 1700000000,
  type: 'basic',
  title: 'Dig a well',
  body: '',
  discussion: '',
  choices: ['For', 'Against', 'Abstain'],
  labels: ['grant'],
  start: 1700000000,
  end: 1700086400,
  snapshot: 18_500_000,
  plugins: '{"comitia":{"chainId":"1"}}',
  privacy: '',
  app: 'comitia',
}

it('reads a proposal', () => {
  const { from, space, timestamp, plugins, ...rest } = message
  expect(parseProposal(message)).toEqual({ ...rest, plugins: { comitia: { chainId: '1' } } })
})

it('reads old proposals: what they lack is empty, their privacy undecided', () => {
  const { discussion, labels, app, privacy, ...old } = message
  expect(parseProposal({ ...old, network: '5', strategies: '[]', metadata: '{}' })).toEqual({
    ...parseProposal(message),
    labels: [],
    app: '',
    privacy: undefined,
  })
  expect(parseProposal(old)).not.toHaveProperty('network')
})

it.each(['', 'x', '[]', 'null', '1', '{"a":"\\u0000"}'])('reads plugins %j as none', (plugins) => {
  expect(parseProposal({ ...message, plugins }).plugins).toEqual({})
})

it.each([
  ['title', ''],
  ['title', 'x'.repeat(257)],
  ['discussion', 'forum'],
  ['discussion', `https://${'x'.repeat(249)}`],
  ['choices', []],
  ['choices', ['For', '']],
  ['choices', ['x'.repeat(257)]],
  ['title', '\u200B\u2800 '],
  ['title', 'Pay \u202E001'],
  ['choices', ['For', '\u200B']],
  ['choices', ['For', '\u2067Against']],
  ['choices', ['For', 'Against', ' For']],
  ['choices', ['For', 'For\u200B']],
  ['labels', ['with space']],
  ['labels', ['a', 'a']],
  ['labels', 'abcdefghijk'.split('')],
  ['labels', ['ninechars']],
  ['type', 'custom'],
  ['type', 'plurality'],
  ['type', 'constructor'],
  ['start', 999_999_999],
  ['end', 2_000_000_001],
  ['privacy', 'any'],
  ['app', 'x'.repeat(25)],
])('refuses %s %j and names it', (field, value) => {
  try {
    parseProposal({ ...message, [field]: value } as typeof message)
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ message: 'wrong proposal format' })
    expect(JSON.stringify(error)).toContain(`"field":"${field}`)
  }
})

it('reads an update and a cancellation, their proposal’s id in lower case', () => {
  const { start, end, snapshot, app, ...text } = message
  const proposal = `0x${id.slice(2).toUpperCase()}`
  const { from, space, timestamp, plugins, ...rest } = text
  expect(parseUpdateProposal({ ...text, proposal })).toEqual({
    ...rest,
    plugins: { comitia: { chainId: '1' } },
    proposal: id,
  })
  expect(() => parseUpdateProposal({ ...text, proposal, choices: [''] })).toThrow('wrong proposal format')
  expect(parseCancel({ from, space, timestamp, proposal })).toEqual({ proposal: id })
  expect(parseCancel({ from, space, timestamp, proposal: 'QmUpper' })).toEqual({ proposal: 'QmUpper' })
})
