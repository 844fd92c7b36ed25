import { expect, it } from 'vitest'
import { AppError } from '../errors'
import type { HexString } from '../views/hex-string'
import { auditBundle } from './audit-bundle'
import type { AuditOptions } from './audit-options'
import { createFastRecover } from './fast-recover'
import { publish, type Records, randomElection } from './random-election.suite'
import { type BundleSource, writeBundle } from './write-bundle'

const election = randomElection(9, { hasModule: true, voters: 9 })
const records = randomElection(31, { type: 'approval', voters: 14, strategies: 2 })
const down = () =>
  Promise.reject(new AppError('chain_unavailable', { message: 'the node is down\nsee the log' }))

async function audit(source: BundleSource, options: AuditOptions) {
  async function* lines() {
    for await (const line of writeBundle(source)) yield line.slice(0, -1)
  }
  const { ok, checks } = await auditBundle(lines(), { recover: await createFastRecover(), ...options })
  return { ok, check: Object.fromEntries(checks.map((check) => [check.id, check])) }
}

/** A ballot with power by the first strategy. */
function counted({ entries }: Records) {
  for (const [index, entry] of entries.entries()) {
    if (entry instanceof Uint8Array || entry.ballot?.status !== 'counted' || entry.ballot.power[0] === '0')
      continue
    return { index, entry, voter: JSON.parse(entry.envelope).address as HexString }
  }
  throw new Error('no such ballot')
}

it.each([
  [
    'readPowers',
    'chain',
    /^Power by erc20-votes at block \d+ of chain 1 could not be read: the node is down/,
  ],
  ['readBlock', 'chain', /^Block \d+ of chain 1 could not be read: the node is down/],
  ['readTotal', 'chain', /^All power by 0x\w+ at block \d+ of chain 1 could not be read: the node is down$/],
  [
    'checkContract',
    'contracts',
    /^What contract 0x\w+ says at block \d+ of chain 1 could not be read: the node/,
  ],
] as const)('is open, and says why, where %s fails', async (question, id, detail) => {
  const { ok, check } = await audit(publish(election), { ...election.chain, [question]: down })
  expect(ok).toBe(true)
  expect(check[id]).toMatchObject({ status: 'open', detail: expect.stringMatching(detail) })
  const others = Object.values(check).filter((other) => other.id !== id && other.status === 'open')
  expect(others.map((other) => other.id)).not.toContain(id === 'chain' ? 'contracts' : 'chain')
})

it('says of a lie that it is one, whatever else could not be read', async () => {
  const [block, ...rest] = records.facts.blocks
  if (!block) throw new Error('no block')
  const blocks = [{ ...block, hash: `0x${'ee'.repeat(32)}` as const }, ...rest]
  const lie = publish({ ...records, facts: { ...records.facts, blocks } })
  const { ok, check } = await audit(lie, { ...records.chain, readPowers: down })
  expect(ok).toBe(false)
  expect(check.chain).toMatchObject({ status: 'failed', offender: `block ${block.number}` })
})

it('finds a false power of one strategy while the chain of another is silent', async () => {
  const { index, entry } = counted(records)
  const ballot = { status: 'counted', power: ['7', entry.ballot?.power[1] ?? '0'] } as const
  const source = publish({ ...records, entries: records.entries.with(index, { ...entry, ballot }) })
  const readPowers: typeof records.chain.readPowers = (question) =>
    question.block.network === '1' ? records.chain.readPowers(question) : down()
  expect((await audit(source, { ...records.chain, readPowers })).check.chain).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('has the power 7 by erc20-votes'),
  })
  expect((await audit(publish(records), { ...records.chain, readPowers })).check.chain?.status).toBe('open')
})

it('asks a silent chain three times, and no more', async () => {
  const many = randomElection(12, { type: 'approval', voters: 40, strategies: 1 })
  let asked = 0
  const contracts = [...(publish(many).messages as Iterable<{ contract?: unknown }>)].filter(
    ({ contract }) => contract,
  )
  const checkContract = () => {
    asked += 1
    return down()
  }
  const { check } = await audit(publish(many), { checkContract })
  expect(contracts.length).toBeGreaterThan(3)
  expect(asked).toBe(3)
  expect(check.contracts?.detail).toContain(`(and ${contracts.length - 1} answers more are missing)`)
})

it('leaves open what nobody was there to ask', async () => {
  const { readTotal: _, ...chain } = election.chain
  expect((await audit(publish(election), chain)).check.chain?.status).toBe('open')
  expect((await audit(publish(election), election.chain)).check.chain?.status).toBe('passed')
})

it('takes a voter of whom a contract cannot tell for one without power by any strategy', async () => {
  const { index, entry, voter } = counted(records)
  const ballot = { status: 'powerless', power: ['0', '0'] } as const
  const source = publish({ ...records, entries: records.entries.with(index, { ...entry, ballot }) })
  const { chain } = records
  expect((await audit(source, chain)).check.chain?.status).toBe('failed')

  const without: typeof chain.readPowers = async (question) => {
    const answers = new Map(await chain.readPowers(question))
    if (question.block.network === '137') answers.delete(voter)
    return answers
  }
  expect((await audit(source, { ...chain, readPowers: without })).check.chain?.status).toBe('passed')
  const silent: typeof chain.readPowers = (question) =>
    question.block.network === '1' ? chain.readPowers(question) : down()
  expect((await audit(source, { ...chain, readPowers: silent })).check.chain?.status).toBe('open')
})

it('tells a strategy that depends on it who voted, when everybody was seen', async () => {
  const asked: ReadonlySet<HexString>[] = []
  const readPowers: typeof records.chain.readPowers = (question) => {
    if (question.ballots) asked.push(question.ballots)
    return records.chain.readPowers(question)
  }
  const demandsOf = () => ({ ballots: true, web: false })
  const { check } = await audit(publish(records), { ...records.chain, readPowers, demandsOf })
  expect(check.chain?.status).toBe('passed')
  const voters = records.entries.flatMap((entry) =>
    entry instanceof Uint8Array || !entry.ballot || entry.ballot.status === 'superseded'
      ? []
      : (JSON.parse(entry.envelope).address as HexString),
  )
  expect(voters.length).toBeGreaterThan(3)
  expect(asked.length).toBeGreaterThan(0)
  for (const ballots of asked) expect([...ballots].sort()).toEqual(voters.toSorted())
})

it('leaves open what another server said, and checks the rest', async () => {
  const demandsOf = ({ params }: { params: unknown }) => ({
    ballots: false,
    web: JSON.stringify(params) === JSON.stringify(records.facts.strategies[0]?.params),
  })
  const { ok, check } = await audit(publish(records), { ...records.chain, demandsOf })
  expect(ok).toBe(true)
  expect(check.chain).toMatchObject({
    status: 'open',
    detail: 'Power by erc20-votes cannot be checked: another server said it.',
  })
})
