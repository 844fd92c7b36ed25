import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accounts } from '../testing/accounts'
import { startTestEns, type TestEns } from '../testing/ens'
import { type Chains, createChains } from './chains'
import { fetchEnsName } from './ens-name'

const { Ada, Ben, Chloe } = accounts
const later = 4_000_000_000
const grace = 90 * 86_400

let ens: TestEns
let chains: Chains
let pristine: `0x${string}`

beforeAll(async () => {
  ens = await startTestEns()
  chains = createChains({ urls: { 1: [ens.chain.rpcUrl] } })
  await ens.giveName('dao.eth', Ada.address)
  await ens.register('dao.eth', later)
  pristine = await ens.chain.client.snapshot()
})
beforeEach(async () => {
  await ens.chain.client.revert({ id: pristine })
  pristine = await ens.chain.client.snapshot()
})
afterAll(() => ens.chain.stop())

const unreadable = (name: string) => ({
  code: 'controller_unknown',
  retry: true,
  message: `The controller of ${name} could not be read from ENS on chain 1.`,
})

describe('the text record', () => {
  test.each([
    ['an address', Ben.address],
    ['an address in lower case', Ben.address.toLowerCase()],
    ['a URI', `https://snapshot.example/registry/${Ben.address}/dao.eth`],
    ['a testnet URI', `https://snapshot.example/registry/testnet/${Ben.address}/dao.eth`],
  ])('%s names the controller, and not the owner', async (_, record) => {
    await ens.setRecord('dao.eth', record)
    expect(await fetchEnsName(chains, 'dao.eth')).toMatchObject({
      controller: Ben.address,
      source: 'text-record',
      owner: Ada.address,
      expiresAt: later,
      keptUntil: later + grace,
      block: { chainId: 1 },
    })
  })

  test.each([
    ['no address', 'ipns://storage.snapshot.page'],
    ['an address with a wrong checksum', Ben.address.replace('C8', 'c8')],
    ['an address at another place', `ipfs://${Ben.address}`],
  ])('%s leaves the owner', async (_, record) => {
    await ens.setRecord('dao.eth', record)
    expect(await fetchEnsName(chains, 'dao.eth')).toMatchObject({ controller: Ada.address, source: 'owner' })
  })
})

describe('without a record', () => {
  test('the owner in the registry, whatever the case', async () => {
    const found = { name: 'dao.eth', controller: Ada.address, source: 'owner', owner: Ada.address }
    expect(await fetchEnsName(chains, 'dao.eth')).toMatchObject(found)
    expect(await fetchEnsName(chains, 'DAO.eth')).toMatchObject(found)
  })

  test('the owner of a wrapped name, until it expires', async () => {
    await ens.wrap('dao.eth', { owner: Chloe.address, emancipated: true, expires: later - 1 })
    const until = { expiresAt: later - 1, keptUntil: later - 1 }
    const found = { controller: Chloe.address, owner: Chloe.address, ...until }
    expect(await fetchEnsName(chains, 'dao.eth')).toMatchObject(found)
    await ens.wrap('dao.eth', { owner: Chloe.address, emancipated: true, expires: 1_000_000_000 })
    expect(await fetchEnsName(chains, 'dao.eth')).toMatchObject({ owner: null, expiresAt: 1_000_000_000 })
  })

  test('a wrapped name below another has no end of its own unless it is emancipated', async () => {
    await ens.wrap('team.dao.eth', { owner: Chloe.address, emancipated: false, expires: 1_000_000_000 })
    const found = { owner: Chloe.address, expiresAt: later, keptUntil: null }
    expect(await fetchEnsName(chains, 'team.dao.eth')).toMatchObject(found)
    await ens.wrap('team.dao.eth', { owner: Chloe.address, emancipated: true, expires: later - 1 })
    expect(await fetchEnsName(chains, 'team.dao.eth')).toMatchObject({ keptUntil: later - 1 })
  })

  test('a name below another ends with it', async () => {
    await ens.giveName('team.dao.eth', Ben.address)
    await ens.register('dao.eth', 1_000_000_000)
    expect(await fetchEnsName(chains, 'team.dao.eth')).toMatchObject({
      expiresAt: 1_000_000_000,
      keptUntil: null,
    })
  })

  test('a DNS name in the registry, which has no end', async () => {
    await ens.giveName('dao.org', Ben.address)
    // A resolver of DNS names that fails has no record.
    await ens.fail('0x12345678')
    const found = { controller: Ben.address, owner: Ben.address, expiresAt: null, keptUntil: null }
    expect(await fetchEnsName(chains, 'dao.org')).toMatchObject(found)
  })

  test('the address of a name below another that has no entry', async () => {
    await ens.setAddress('team.dao.eth', Ben.address)
    expect(await fetchEnsName(chains, 'team.dao.eth')).toMatchObject({ controller: Ben.address })
  })

  test('nobody', async () => {
    const nobody = { controller: null, owner: null, expiresAt: null, keptUntil: null }
    expect(await fetchEnsName(chains, 'unregistered.eth')).toMatchObject(nobody)
    expect(await fetchEnsName(chains, 'not a name.eth')).toBeUndefined()
  })
})

test.each(['dao.shib', 'dao.sonic'])('%s is kept by another registry', async (name) => {
  const words = `names under .${name.slice(4)} are kept by another registry, which is not read here`
  await expect(fetchEnsName(chains, name)).rejects.toMatchObject({ code: 'invalid', message: words })
})

describe('a failed read is not an answer', () => {
  test.each([
    ['a resolver that reverts', () => ens.fail('0x12345678')],
    ['a universal resolver without code', () => erase('0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe')],
    ['a registry without code', () => erase('0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e')],
    ['a registrar without code', () => erase('0x57f1887a8BF19b14fC0dF6Fd9B2acc9Af147eA85')],
  ])('%s does not fall through to the owner', async (_, breakIt) => {
    await breakIt()
    await expect(fetchEnsName(chains, 'dao.eth')).rejects.toMatchObject(unreadable('dao.eth'))
  })

  test.each([
    ['down', { 1: ['http://127.0.0.1:9'] }],
    ['not configured', {}],
  ])('Ethereum %s', async (_, urls) => {
    await expect(fetchEnsName(createChains({ urls }), 'dao.eth')).rejects.toMatchObject(unreadable('dao.eth'))
  })

  function erase(address: `0x${string}`) {
    return ens.chain.client.setCode({ address, bytecode: '0x' })
  }
})

test('on Sepolia the record counts, and a name without one has no known controller', async () => {
  const sepolia = await startTestEns({ chainId: 11155111 })
  await sepolia.setRecord('dao.eth', Ben.address)
  const only = createChains({ urls: { 11155111: [sepolia.chain.rpcUrl] } })
  expect(await fetchEnsName(only, 'dao.eth')).toMatchObject({ controller: Ben.address, owner: null })
  await expect(fetchEnsName(only, 'other.eth')).rejects.toMatchObject({ code: 'controller_unknown' })
  await sepolia.chain.stop()
})
