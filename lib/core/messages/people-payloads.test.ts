import { describe, expect, it } from 'vitest'
import { parseAlias } from './alias'
import { parseProfile } from './profile'
import { parseStatement } from './statement'

const profileOf = (value: unknown) => parseProfile({ profile: JSON.stringify(value) })

describe('a profile', () => {
  it('says as much as its author likes', () => {
    const whole = {
      ...{ name: 'Ada', about: 'Counts.', avatar: 'ipfs://x', cover: '', twitter: 'ada_1', github: 'ada-1' },
      ...{ lens: 'Ada_1', farcaster: 'ada-1' },
    }
    expect(profileOf(whole)).toEqual(whole)
    expect(profileOf({})).toEqual({})
    expect(profileOf({ name: '' })).toEqual({ name: '' })
  })

  it.each<[string, unknown]>([
    ['a name of 33 letters', { name: 'x'.repeat(33) }],
    ['a name that nobody sees', { name: '\u200b' }],
    ['257 letters about', { about: 'x'.repeat(257) }],
    ['a picture that is no link', { avatar: 'javascript:alert(1)' }],
    ['a name on X with a blank', { twitter: 'a b' }],
    ['16 letters on X', { twitter: 'x'.repeat(16) }],
    ['40 letters on GitHub', { github: 'x'.repeat(40) }],
    ['27 letters on Lens', { lens: 'x'.repeat(27) }],
    ['capitals on Farcaster', { farcaster: 'Ada' }],
    ['a number for a name', { name: 5 }],
    ['a field that it does not have', { verified: true }],
    ['a list', []],
  ])('is refused with %s', (_, value) => {
    expect(() => profileOf(value)).toThrow('wrong profile format')
  })

  it('is refused where it is no JSON', () => {
    expect(() => parseProfile({ profile: '{' })).toThrow('wrong profile format')
  })
})

describe('a statement', () => {
  const least = { about: 'Me', statement: 'I count.' }

  it('is read from its oldest definition too', () => {
    expect(parseStatement(least)).toEqual({ ...least, discourse: '', network: '', status: 'INACTIVE' })
    const whole = { ...least, discourse: 'ada-1_.', network: 's', status: 'ACTIVE' }
    expect(parseStatement(whole)).toEqual(whole)
  })

  it.each<[string, Record<string, string>]>([
    ['141 letters about', { about: 'x'.repeat(141) }],
    ['10,001 letters', { statement: 'x'.repeat(10_001) }],
    ['another status', { status: 'active' }],
    ['a name on Discourse with a blank', { discourse: 'a b' }],
    ['31 letters on Discourse', { discourse: 'x'.repeat(31) }],
    ['a network in capitals', { network: 'S' }],
  ])('is refused with %s', (_, change) => {
    expect(() => parseStatement({ ...least, ...change })).toThrow('wrong statement format')
  })
})

it('an alias is an address', () => {
  const alias = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'
  expect(parseAlias({ alias }, 'alias')).toEqual({ alias })
  expect(() => parseAlias({ alias: 'ada.eth' }, 'alias')).toThrow('wrong alias format')
  expect(() => parseAlias({}, 'revoke-alias')).toThrow('wrong revoke-alias format')
})
