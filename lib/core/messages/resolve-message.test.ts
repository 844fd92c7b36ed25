import { privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { definitions, latestDefinition, type MessageKind } from './definitions'
import { parseEnvelope } from './parse-envelope'
import { resolveMessage } from './resolve-message'

const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const proposal = `0x${'22'.repeat(32)}`
const vote = {
  from: account.address,
  space: 'a.eth',
  timestamp: 1700000000,
  proposal,
  choice: 1 as unknown,
  reason: '',
  app: '',
  metadata: '{}',
}
const domain: Record<string, unknown> = { name: 'snapshot', version: '0.1.4' }

function resolve(
  kind: MessageKind,
  message: object,
  sentDomain = domain,
  types: object = latestDefinition(kind).types,
) {
  const request = { address: account.address, sig: '0x', data: { domain: sentDomain, types, message } }
  return resolveMessage(parseEnvelope(JSON.parse(JSON.stringify(request))))
}

function sign(kind: MessageKind, message: object) {
  const { definition, domain } = resolve(kind, message)
  return account.signTypedData({
    domain,
    types: definition.types,
    primaryType: definition.primaryType,
    message,
  } as Parameters<typeof account.signTypedData>[0])
}

it('gives the ids and signatures that snapshot.js 0.17.5 gives', async () => {
  expect(account.address).toBe('0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A')
  expect(resolve('vote', vote).id).toBe('0x2aa37895546dfc3dc8261af82c1dc1118bbe45face074c1e00cd49650f1edc70')
  expect(await sign('vote-string', { ...vote, choice: '{"1":1}', app: 'z' })).toBe(
    '0x10e200b0d13a59f6221ec93dc40f382e250f80ee2f8393819e4fffc7cc022a88154b66718421834f548d77c8d41176ed4da341abf928325d317de46a50ba4ca41b',
  )
  expect(await sign('vote-array', { ...vote, choice: [1, 2] })).toBe(
    '0x3a1eef73ab341d7460e724c7bbbb6a0149e139ba1f414330897052abd2e22ca91995eb608b829300082a601c2c4ab0c023649a5df4052161846ac2913a2434351c',
  )
})

it('resolves every definition an Ethereum account can sign', () => {
  const values: Record<string, unknown> = {
    ...{
      string: 'x',
      address: account.address,
      bytes32: proposal,
      uint32: 1,
      uint64: 1,
      'uint32[]': [1],
      'string[]': ['x'],
    },
  }
  for (const { types, fields, kind } of definitions) {
    const message = Object.fromEntries(fields.map(({ name, type }) => [name, values[type]]))
    const sent = { ...message, from: account.address, space: 'a.eth', timestamp: 1700000000 }
    if ('StarkNetDomain' in types) {
      const starknet = { name: 'sx-starknet', version: '0.1.0', chainId: '0x534e5f4d41494e' }
      for (const any of [domain, starknet]) {
        expect(() => resolve(kind, sent, any, types)).toThrow('Starknet signatures are not supported here')
      }
    } else {
      const resolved = resolve(kind, sent, domain, types)
      expect(Object.keys(resolved.message)).toEqual(fields.map(({ name }) => name))
      expect(resolved).toMatchObject({ kind, from: account.address, timestamp: 1700000000 })
      expect(resolved.space).toBe(fields.some(({ name }) => name === 'space') ? 'a.eth' : undefined)
    }
  }
})

it('has one form for all the JSON that carries one signature', () => {
  const plain = resolve('vote-array', { ...vote, choice: [1, 2] })
  for (const choice of [
    ['1', '2'],
    ['0x1', 2],
    ['01', '0x02'],
  ]) {
    expect(resolve('vote-array', { ...vote, choice })).toEqual(plain)
  }
  const alias = { from: account.address, alias: account.address, timestamp: 1700000000 }
  expect(resolve('alias', { ...alias, alias: account.address.toLowerCase() })).toEqual(
    resolve('alias', alias),
  )
  const bytes = definitions.find(({ fields }) => fields.some(({ type }) => type === 'bytes32'))
  const id = `0x${'AB'.repeat(32)}`
  expect(resolve('vote', { ...vote, proposal: id }, domain, bytes?.types).message.proposal).toBe(
    id.toLowerCase(),
  )
})

it('drops what the signer never saw', () => {
  const old = definitions.find(({ kind, fields }) => kind === 'vote' && fields.length === 5)
  const resolved = resolve('vote', { ...vote, reason: 'injected', privacy: 'shutter' }, domain, old?.types)
  expect(Object.keys(resolved.message)).toEqual(['from', 'space', 'timestamp', 'proposal', 'choice'])
})

it('takes the time from the envelope where the definition does not sign one', () => {
  const old = definitions.find(({ kind, fields }) => kind === 'follow' && fields.length === 2)
  const resolved = resolve(
    'follow',
    { from: account.address, space: 'A.eth', timestamp: 1700000000 },
    domain,
    old?.types,
  )
  expect(resolved.timestamp).toBe(1700000000)
  expect(resolved.message).toEqual({ from: account.address, space: 'A.eth' })
  expect(resolved.space).toBe('a.eth')
  const broken = { from: account.address, space: 'a.eth', timestamp: 1700000000.5 }
  expect(() => resolve('follow', broken, domain, old?.types)).toThrow('wrong timestamp')
})

it('keeps what wallets add to the domain, which changes the id', () => {
  const plain = resolve('vote', vote)
  const onMainnet = resolve('vote', vote, { ...domain, chainId: 1 })
  expect(onMainnet.domain).toEqual({ name: 'snapshot', version: '0.1.4', chainId: 1 })
  expect(onMainnet.id).not.toBe(plain.id)
  expect(resolve('vote', vote, { chainId: '0x1', ...domain })).toEqual(onMainnet)
})

it.each([
  ['another name', { ...domain, name: 'snapshots' }],
  ['another version', { ...domain, version: '0.1.5' }],
  ['no version', { name: 'snapshot' }],
  ['an unknown key', { ...domain, chain: 1 }],
  ['no value', { ...domain, chainId: null }],
  ['a fraction for a chain', { ...domain, chainId: 1.5 }],
  ['an inherited version', JSON.parse('{"name":"snapshot","__proto__":{"version":"0.1.4"}}')],
])('refuses a domain with %s', (_, wrong) => {
  expect(() => resolve('vote', vote, wrong)).toThrow('wrong domain')
})

it("refuses what no wallet could have signed, in Snapshot's words, and names the field", () => {
  const { app: _, ...incomplete } = vote
  const details = (message: object) => {
    try {
      resolve('vote', message)
    } catch (error) {
      return error
    }
  }
  const refusal = (field: string, type: string) => ({
    message: 'signature validation failed',
    details: { field, type },
  })
  expect(details(incomplete)).toMatchObject(refusal('app', 'string'))
  expect(details({ ...vote, choice: 1.5 })).toMatchObject(refusal('choice', 'uint32'))
  expect(details({ ...vote, choice: -1 })).toMatchObject(refusal('choice', 'uint32'))
  expect(details({ ...vote, timestamp: 1.5 })).toMatchObject(refusal('timestamp', 'uint64'))
  expect(details({ ...vote, reason: 5 })).toMatchObject(refusal('reason', 'string'))
})

it('refuses unknown types, odd proposal ids and odd spaces', () => {
  expect(() => resolve('vote', vote, domain, { Vote: [] })).toThrow('wrong types')
  expect(() => resolve('vote', { ...vote, proposal: 'a b' })).toThrow('proposal cannot contain whitespace')
  expect(() => resolve('vote', { ...vote, space: 'api' })).toThrow('Invalid space id')
})
