import { describe, expect, it } from 'vitest'
import {
  cancelProposalTypedData,
  flagProposalTypedData,
  proposalTypedData,
  settingsTypedData,
  voteTypedData,
} from '../../client/typed-data'
import { consistencyFromTiles } from '../log/proofs-from-tiles'
import { publishTiles } from '../log/publish-tiles.suite'
import { canonicalEnvelope, type SignedMessage } from '../messages/envelope'
import { resolveMessage } from '../messages/resolve-message'
import type { HexString } from '../views/hex-string'
import { auditBundle } from './audit-bundle'
import type { AuditOptions } from './audit-options'
import { createFastRecover } from './fast-recover'
import type { CheckId } from './findings'
import {
  addressOf,
  aliasTypedData,
  checkpointOf,
  leafOf,
  logKey,
  publish,
  type Records,
  randomElection,
  randomness,
  receiptFor,
  receiptKey,
  signEntry,
} from './random-election.suite'
import { type BundleSource, writeBundle } from './write-bundle'

// Each operator here owns all keys of the installation and makes log, checkpoint, result and seal anew around the lie.

const honest = randomElection(31, { type: 'single-choice', voters: 9, strategies: 1, strangers: 1 })
type Entry = Exclude<Records['entries'][number], Uint8Array>

const own = honest.entries.flatMap((entry, index) => (entry instanceof Uint8Array ? [] : [{ entry, index }]))
const envelopeOf = ({ envelope }: Entry) => JSON.parse(envelope) as SignedMessage
const isVote = ({ entry }: { entry: Entry }) => entry.ballot?.status === 'counted'
const keyed = own.filter((item) => isVote(item) && !item.entry.contract)
const [first, second] = keyed
if (!first || !second) throw new Error('the election needs two counted ballots of keys')
const proposalAt = own.find(({ entry }) => 'snapshot' in envelopeOf(entry).data.message)
if (!proposalAt) throw new Error('the election needs a proposal')

/** The entry as its operator would have had it: signed content changed, signature as it was. */
function rewrite(entry: Entry, change: Record<string, unknown>): Entry {
  const { address, sig, data } = envelopeOf(entry)
  const changed = { ...data, message: { ...data.message, ...change } } as SignedMessage['data']
  const { id } = resolveMessage({ address, sig, data: changed } as unknown as Parameters<
    typeof resolveMessage
  >[0])
  return { ...entry, envelope: canonicalEnvelope({ address, sig, hash: id, data: changed }).text }
}

const withEntry = (index: number, entry: Records['entries'][number]) => ({
  ...honest,
  entries: honest.entries.with(index, entry),
})

async function audit(source: BundleSource, options: AuditOptions = {}) {
  async function* lines() {
    for await (const line of writeBundle(source)) yield line.slice(0, -1)
  }
  const expected = { logKeys: [logKey], receiptKeys: [receiptKey], ...options.expected }
  return auditBundle(lines(), { recover: await createFastRecover(), ...options, expected })
}

/** The check that names the lie, with the offender if it is one message. */
async function expectCaught(
  source: BundleSource,
  id: CheckId,
  offender?: string,
  options: AuditOptions = {},
): Promise<string> {
  const { ok, checks } = await audit(source, options)
  expect(ok).toBe(false)
  const check = checks.find((item) => item.id === id)
  expect(check, JSON.stringify(checks.filter(({ status }) => status === 'failed'))).toMatchObject({
    status: 'failed',
    ...(offender !== undefined && { offender }),
  })
  return check?.detail ?? ''
}

it('the election that all of this is about is honest', async () => {
  expect((await audit(publish(honest), honest.chain)).ok).toBe(true)
})

it('drops a ballot after its receipt', async () => {
  const receipt = receiptFor(honest.entries, first.index)
  const { messageId } = receipt.receipt
  const without = { ...honest, entries: honest.entries.toSpliced(first.index, 1) }
  const options = { expected: { receipts: [receipt] } }
  expect(await expectCaught(publish(without), 'receipts', messageId, options)).toContain('it was dropped')
})

it('leaves a ballot of the log out of the bundle', async () => {
  const source = publish(honest)
  const messages = [...(source.messages as Iterable<{ index: number }>)].filter(
    ({ index }) => index !== first.index,
  )
  const { messageId } = receiptFor(honest.entries, first.index).receipt
  const ids = new Set(own.map(({ index }) => receiptFor(honest.entries, index).receipt.messageId))
  const hidden = { ...source, messages: messages as never }
  await expectCaught(hidden, 'completeness', messageId, { expected: { messages: ids } })
  await expectCaught(hidden, 'result')
})

it('puts a ballot in after the end', async () => {
  const random = randomness(1)
  const { message } = envelopeOf(first.entry).data
  const late = signEntry(
    voteTypedData({
      ...(message as never as Parameters<typeof voteTypedData>[0]),
      from: receiptKey,
      ballot: 'single',
      choice: 1,
    }),
    new Uint8Array(32).fill(9),
    1_700_000_000_000 + 6_000_000,
  )
  const ballot = { status: 'counted', power: ['1000'] } as const
  const { hash } = envelopeOf(late)
  const entries = [...honest.entries, random.bytes(32), { ...late, ballot }]
  expect(await expectCaught(publish({ ...honest, entries }), 'window', hash)).toContain(
    'voting was open from',
  )
})

it('puts a ballot in late and dates it back', async () => {
  const { message } = envelopeOf(first.entry).data
  const dated = honest.entries.findLast((entry) => !(entry instanceof Uint8Array) && entry.ballot) as Entry
  const late = {
    ...signEntry(
      voteTypedData({
        ...(message as never as Parameters<typeof voteTypedData>[0]),
        from: receiptKey,
        ballot: 'single',
        choice: 1,
      }),
      new Uint8Array(32).fill(9),
      dated.acceptedAtMs,
    ),
    ballot: { status: 'counted', power: ['1000'] } as const,
  }
  const leaves = honest.entries.map(leafOf)
  const entries = [...honest.entries, late]
  const tree = publishTiles(entries.map(leafOf))
  const seen = {
    note: checkpointOf(leaves),
    proof: await consistencyFromTiles(tree, leaves.length),
    seenAt: 1_700_006_000,
  }
  const options = { expected: { checkpoints: [seen] } }
  const detail = await expectCaught(publish({ ...honest, entries }), 'order', envelopeOf(late).hash, options)
  expect(detail).toContain('it was put in late')
})

it('changes a choice', async () => {
  const { choice } = envelopeOf(first.entry).data.message
  const changed = rewrite(first.entry, { choice: choice === 1 ? 2 : 1 })
  await expectCaught(publish(withEntry(first.index, changed)), 'signatures', envelopeOf(changed).hash)
})

it('changes a power', async () => {
  const changed = { ...first.entry, ballot: { status: 'counted', power: ['1'] } as const }
  const options = { readPowers: honest.chain.readPowers, readBlock: honest.chain.readBlock }
  const { hash } = envelopeOf(first.entry)
  expect(await expectCaught(publish(withEntry(first.index, changed)), 'chain', hash, options)).toContain(
    'the chain says',
  )
})

it('says that a voter has no power', async () => {
  const changed = { ...first.entry, ballot: { status: 'powerless', power: ['0'] } as const }
  await expectCaught(
    publish(withEntry(first.index, changed)),
    'chain',
    envelopeOf(first.entry).hash,
    honest.chain,
  )
})

it('changes the title', async () => {
  const changed = rewrite(proposalAt.entry, { title: 'Something else' })
  await expectCaught(publish(withEntry(proposalAt.index, changed)), 'signatures', envelopeOf(changed).hash)
})

it('changes a strategy’s parameter', async () => {
  const [strategy] = honest.facts.strategies
  const strategies = [
    { ...strategy, params: { address: receiptKey, decimals: 18 } },
  ] as typeof honest.facts.strategies
  await expectCaught(publish({ ...honest, facts: { ...honest.facts, strategies } }), 'strategies')
})

it('changes a strategy’s parameter in the settings too', async () => {
  const settingsAt = own.find(({ entry }) => 'settings' in envelopeOf(entry).data.message)
  if (!settingsAt) throw new Error('no settings')
  const settings = JSON.parse(String(envelopeOf(settingsAt.entry).data.message.settings))
  settings.strategies[0].params.address = receiptKey
  const changed = rewrite(settingsAt.entry, { settings: JSON.stringify(settings) })
  await expectCaught(publish(withEntry(settingsAt.index, changed)), 'signatures', envelopeOf(changed).hash)
})

it('changes the rule', async () => {
  const rule = {
    ...honest.facts.rule,
    rule: { kind: 'leader', quorum: null } as const,
    text: 'The option with the most votes wins.',
  }
  const facts = {
    ...honest.facts,
    rule: {
      ...rule,
      rule: { kind: 'leader' as const, quorum: { required: '7', counted: 'total' as const } },
    },
  }
  await expectCaught(publish({ ...honest, facts }), 'rule')
})

it('reorders two ballots', async () => {
  const entries = honest.entries.with(first.index, second.entry).with(second.index, first.entry)
  await expectCaught(publish({ ...honest, entries }), 'order')
  const receipts = [receiptFor(honest.entries, first.index)]
  await expectCaught(publish({ ...honest, entries }), 'receipts', receipts[0]?.receipt.messageId, {
    expected: { receipts },
  })
})

it('counts an older ballot of a voter', async () => {
  const found = own.find(({ entry }) => entry.ballot?.status === 'superseded')
  const again =
    found &&
    own.find((item) => isVote(item) && envelopeOf(item.entry).address === envelopeOf(found.entry).address)
  if (!found || !again) throw new Error('the election needs a re-vote')
  const power = again.entry.ballot?.power ?? []
  const entries = honest.entries
    .with(found.index, { ...found.entry, ballot: { status: 'counted', power } })
    .with(again.index, { ...again.entry, ballot: { status: 'superseded', power: [] } })
  await expectCaught(publish({ ...honest, entries }), 'voters')
})

it('counts a voter twice', async () => {
  const entries = honest.entries.toSpliced(first.index + 1, 0, first.entry)
  await expectCaught(publish({ ...honest, entries }), 'voters', envelopeOf(first.entry).hash)
})

it('forks the log for one reader', async () => {
  const cut = second.index
  const others = honest.entries.slice(0, cut).with(first.index, randomness(2).bytes(32))
  const tree = publishTiles(honest.entries.map(leafOf))
  const seen = { note: checkpointOf(others.map(leafOf)), proof: await consistencyFromTiles(tree, cut) }
  const detail = await expectCaught(publish(honest), 'history', seen.note, {
    expected: { checkpoints: [seen] },
  })
  expect(detail).toContain('history was changed')
  const kept = { ...seen, note: checkpointOf(honest.entries.slice(0, cut).map(leafOf)) }
  expect((await audit(publish(honest), { expected: { checkpoints: [kept] } })).ok).toBe(true)
})

it('signs two checkpoints of one size', async () => {
  const other = honest.entries.with(first.index, randomness(2).bytes(32))
  const note = checkpointOf(other.map(leafOf))
  const detail = await expectCaught(publish(honest), 'history', note, {
    expected: { checkpoints: [{ note }] },
  })
  expect(detail).toContain('two different checkpoints')
})

it('swaps the snapshot block', async () => {
  const [block, ...rest] = honest.facts.blocks
  if (!block) throw new Error('no block')
  const swap = (change: Partial<typeof block>) =>
    publish({ ...honest, facts: { ...honest.facts, blocks: [{ ...block, ...change }, ...rest] } })
  expect(await expectCaught(swap({ number: block.number + 1 }), 'blocks')).toContain(
    'the proposal names block',
  )
  const hash: HexString = `0x${'ee'.repeat(32)}`
  await expectCaught(swap({ hash }), 'chain', `block ${block.number}`, honest.chain)
})

it('announces another outcome, or another count', async () => {
  const source = publish(honest)
  await expectCaught(
    { ...source, result: { ...source.result, text: 'Passed: Red leads by 100 points.' } },
    'outcome',
  )
  await expectCaught(
    { ...source, result: { ...source.result, ballots: source.result.ballots + 1 } },
    'result',
  )
})

it('lets somebody else withdraw the proposal, or takes ballots after it', async () => {
  const stranger = new Uint8Array(32).fill(3)
  const at = Math.floor(first.entry.acceptedAtMs / 1000)
  const cancel = (from: HexString) =>
    cancelProposalTypedData({ from, space: 'dao', timestamp: at, proposal: honest.facts.proposal.id })
  const { address } = (await import('viem/accounts')).privateKeyToAccount(`0x${'03'.repeat(32)}`)
  const entry = signEntry(cancel(address), stranger, first.entry.acceptedAtMs)
  const entries = honest.entries.toSpliced(first.index, 0, entry)
  await expectCaught(publish({ ...honest, entries }), 'edits', envelopeOf(entry).hash)
  await expectCaught(publish({ ...honest, entries }), 'window', envelopeOf(first.entry).hash)
})

it('passes another proposal off as this one', async () => {
  const { message } = envelopeOf(proposalAt.entry).data
  const other = signEntry(
    proposalTypedData({
      ...(message as never as Parameters<typeof proposalTypedData>[0]),
      title: 'Mine',
      from: receiptKey,
    }),
    new Uint8Array(32).fill(9),
    proposalAt.entry.acceptedAtMs,
  )
  const source = publish(withEntry(proposalAt.index, other))
  await expectCaught(source, 'proposal', undefined, { expected: { proposal: honest.facts.proposal.id } })
})

describe('lets a key vote for somebody', () => {
  const [principal, key, somebody] = [41, 42, 43].map((byte) => new Uint8Array(32).fill(byte)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  const [from, alias] = [addressOf(principal), addressOf(key)]
  const atMs = first.entry.acceptedAtMs
  const at = Math.floor(atMs / 1000)
  const { message } = envelopeOf(first.entry).data
  const vote = { ...(message as never as Parameters<typeof voteTypedData>[0]), from, timestamp: at }
  const ballot: Entry = {
    ...signEntry(voteTypedData({ ...vote, ballot: 'single', choice: 1 }), key, atMs, ...[undefined, alias]),
    ballot: { status: 'counted', power: ['5'] },
  }
  const link = (timestamp?: number, of = principal, address?: HexString) =>
    signEntry(
      aliasTypedData('alias', { from: addressOf(of), alias, ...(timestamp && { timestamp }) }),
      ...([of, atMs, undefined, address] as const),
    )
  const end = (timestamp: number) =>
    signEntry(aliasTypedData('revoke-alias', { from, alias, timestamp }), principal, atMs)
  const electionWith = (...before: Records['entries']) => ({
    ...honest,
    entries: honest.entries.toSpliced(first.index, 0, ...before, ballot),
  })
  const { hash } = envelopeOf(ballot)

  it.each<[string, Records['entries']]>([
    ['whom he linked', [link(at - 5)]],
    ['whom he linked 90 days ago', [link(at - 90 * 86_400)]],
    ['whom he linked again', [link(at - 9), end(at - 8), link(at - 7)]],
  ])('%s, as he may', async (_, before) => {
    const { ok, checks } = await audit(publish(electionWith(...before)))
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([])
    expect(ok).toBe(true)
    expect(checks.find(({ id }) => id === 'aliases')?.detail).toContain('1 messages were signed by keys')
  })

  it.each<[string, Records['entries'], CheckId, string]>([
    ['whom he never linked', [], 'aliases', 'the link of the two is missing'],
    ['whom somebody else linked', [link(at - 5, somebody)], 'aliases', 'the link of the two is missing'],
    ['whom he linked too long ago', [link(at - 90 * 86_400 - 1)], 'aliases', 'was older than 90 days'],
    ['whom he linked no more', [link(at - 5), end(at - 4)], 'aliases', 'had revoked the link'],
    [
      'by a link from before he ended it',
      [link(at - 5), end(at - 4), link(at - 4)],
      'aliases',
      'or older than',
    ],
    ['by a link that nobody can date', [link()], 'aliases', 'without a time'],
    ['who linked himself', [link(at - 5, principal, alias)], 'aliases', 'nobody may sign that for another'],
  ])('%s', async (_, before, id, why) => {
    expect(await expectCaught(publish(electionWith(...before)), id)).toContain(why)
  })

  it('by the word of a contract on another chain', async () => {
    const contract = {
      method: 'eip1271',
      network: '137',
      block: 5,
      blockHash: `0x${'12'.repeat(32)}`,
    } as const
    const source = publish(electionWith({ ...link(at - 5, somebody), contract }))
    await expectCaught(source, 'aliases', hash)
    const signed = signEntry(aliasTypedData('alias', { from, alias, timestamp: at - 5 }), '0x1234', atMs)
    expect(await expectCaught(publish(electionWith({ ...signed, contract })), 'contracts')).toContain(
      'accepted by a contract on chain 137; the space is on chain 1',
    )
  })

  it('that is a contract', async () => {
    const contract = { method: 'eip1271', network: '1', block: 5, blockHash: `0x${'12'.repeat(32)}` } as const
    const lies = honest.entries.toSpliced(first.index, 0, link(at - 5), { ...ballot, contract })
    expect(await expectCaught(publish({ ...honest, entries: lies }), 'aliases', hash)).toContain(
      'by the contract',
    )
  })

  it('and leaves out of the bundle that he ended it', async () => {
    const whole = electionWith(link(at - 5), end(at - 4))
    const source = publish(whole)
    const messages = [...(source.messages as Iterable<{ index: number }>)]
    const ids = new Set(messages.map(({ index }) => receiptFor(whole.entries, index).receipt.messageId))
    const hidden = messages.filter(({ index }) => index !== first.index + 1)
    const ended = receiptFor(whole.entries, first.index + 1).receipt.messageId
    const lie = { ...source, messages: hidden as never }
    await expectCaught(lie, 'completeness', ended, { expected: { messages: ids } })
  })

  it('puts links in that nobody used, or calls the bundle one without aliases', async () => {
    const unused = electionWith(link(at - 5), link(at - 5, somebody))
    expect(await expectCaught(publish(unused), 'forms')).toContain('nobody used it')
    const source = publish(electionWith(link(at - 5)))
    expect(
      await expectCaught({ ...source, header: { ...source.header, version: 1 } }, 'file', 'header'),
    ).toBe('The bundle is of version 1, and has an alias or a flag.')
  })
})

it('lets somebody flag the proposal who may not', async () => {
  const stranger = new Uint8Array(32).fill(3)
  const message = { from: addressOf(stranger), space: 'dao', proposal: honest.facts.proposal.id }
  const flag = flagProposalTypedData({ ...message, timestamp: 1_700_000_000 })
  const entry = signEntry(flag, stranger, first.entry.acceptedAtMs)
  const entries = honest.entries.toSpliced(first.index, 0, entry)
  await expectCaught(publish({ ...honest, entries }), 'edits', envelopeOf(entry).hash)
})

it('lets a key change settings for an admin', async () => {
  const settingsAt = own.find(({ entry }) => 'settings' in envelopeOf(entry).data.message)
  if (!settingsAt) throw new Error('the election needs settings')
  const key = new Uint8Array(32).fill(42)
  const { message, domain } = envelopeOf(settingsAt.entry).data
  const by = settingsTypedData(message as never as Parameters<typeof settingsTypedData>[0])
  const entry = signEntry(by, key, settingsAt.entry.acceptedAtMs, domain, addressOf(key))
  const { hash } = envelopeOf(entry)
  expect(await expectCaught(publish(withEntry(settingsAt.index, entry)), 'aliases', hash)).toContain(
    'settings',
  )
})

it('is honest if it has changed its keys since, and publishes all of them', async () => {
  const [older, newer] = [`0x${'11'.repeat(20)}`, `${logKey.slice(0, -4)}AAAA`] as const
  const expected = { logKeys: [newer, logKey], receiptKeys: [older, receiptKey] }
  expect((await audit(publish(honest), { expected })).ok).toBe(true)
})

it('has another log’s key, or receipts that nobody signed', async () => {
  const source = publish(honest)
  await expectCaught(source, 'operator', 'header', { expected: { logKeys: [`${logKey.slice(0, -4)}AAAA`] } })
  const another = `0x${'11'.repeat(20)}` as const
  await expectCaught(source, 'operator', 'header', { expected: { receiptKeys: [another] } })
  const slipped = { ...source, header: { ...source.header, receiptKeys: [receiptKey, another] } }
  expect(await expectCaught(slipped, 'operator', 'header')).toContain(another)
  const real = receiptFor(honest.entries, first.index)
  const forged = { ...real, receipt: { ...real.receipt, logIndex: real.receipt.logIndex + 1 } }
  await expectCaught(source, 'receipts', real.receipt.messageId, { expected: { receipts: [forged] } })
})
