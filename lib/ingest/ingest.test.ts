import { getAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeLeaf, hashLeaf } from '../core/log/leaf'
import { hashSignature, type Receipt, recoverReceiptSigner } from '../core/log/receipt'
import { rootOfLeaves } from '../core/log/tree'
import { latestDefinition, type MessageKind } from '../core/messages/definitions'
import { parseEnvelope } from '../core/messages/parse-envelope'
import { resolveMessage, SNAPSHOT_DOMAIN } from '../core/messages/resolve-message'
import type { HexString } from '../core/views/hex-string'
import type { AcceptedView } from '../core/views/installation-view'
import { setPower } from '../db/vote/set-power'
import { switchableWalletAbi, switchableWalletBytecode } from '../testing/abi/switchable-wallet'
import { accounts } from '../testing/accounts'
import { startTestChain } from '../testing/chain'
import { signCancel, signMessage, signProposal, signSettings, signVote } from '../testing/factories'
import { startRpcServer } from '../testing/rpc-server'
import { createTestWorld, type TestWorld } from '../testing/world'
import { expectRefusal } from './expect-refusal.suite'
import { createIngest } from './ingest'

const { Ada, Ben, Chloe } = accounts
const everybody = Object.values(accounts)
let world: TestWorld
let count = 0

beforeAll(async () => {
  world = await createTestWorld()
  await world.ingest.ingest(await signSettings(Ada, { timestamp: world.now() }))
})
afterAll(() => world.close())

async function propose(message: Partial<Parameters<typeof signProposal>[1]> = {}): Promise<HexString> {
  const title = `Proposal ${++count}`
  return (await world.ingest.ingest(await signProposal(Ada, { timestamp: world.now(), title, ...message })))
    .id
}

function readReceipt({ receipt }: AcceptedView): Receipt {
  const { messageId, proposal, voter, signatureHash, logIndex, acceptedAt } = receipt
  return { messageId, proposal, voter, signatureHash, logIndex: Number(logIndex), acceptedAt }
}

describe('an accepted message', () => {
  test('is answered in Snapshot’s form, with a receipt that the operator signed', async () => {
    const proposal = await propose()
    const envelope = await signVote(Ben, { proposal, timestamp: world.now() })
    const view = await world.ingest.ingest(envelope)
    const { logIndex, ...receipt } = readReceipt(view)
    expect(receipt).toEqual({
      messageId: view.id,
      proposal,
      voter: Ben.address,
      signatureHash: hashSignature(envelope.sig),
      acceptedAt: world.now(),
    })
    expect(await recoverReceiptSigner(readReceipt(view), view.receipt.signature)).toBe(view.receipt.operator)
    expect(view.relayer).toEqual({ address: view.receipt.operator, receipt: view.receipt.signature })
    expect(view.power).toEqual({ state: 'counted', total: '1000000000000000000' })
    const row = await world.ctx.db.prisma.message.findUniqueOrThrow({ where: { id: view.id } })
    expect(row).toMatchObject({
      logIndex: BigInt(logIndex),
      cid: view.ipfs,
      kind: 'vote',
      author: Ben.address,
    })
    expect(row.verification).toEqual({ method: 'ecdsa' })
  })

  test('of each kind names in its receipt the proposal it is about', async () => {
    const timestamp = world.now()
    const settings = await world.ingest.ingest(await signSettings(Ada, { space: 'another', timestamp }))
    const proposal = await world.ingest.ingest(await signProposal(Ada, { space: 'another', timestamp }))
    const cancel = await world.ingest.ingest(
      await signCancel(Ada, { space: 'another', timestamp, proposal: proposal.id }),
    )
    expect([settings, proposal, cancel].map((view) => view.receipt.proposal)).toEqual([
      `0x${'00'.repeat(32)}`,
      proposal.id,
      proposal.id,
    ])
    expect([settings, proposal, cancel].map((view) => view.power)).toEqual([null, null, null])
  })

  test('is stored as its canonical envelope: what was signed, in one form', async () => {
    const proposal = await propose({ type: 'approval' })
    const clean = await signVote(Ben, {
      proposal,
      timestamp: world.now(),
      ballot: 'multiple',
      choice: [1, 3],
    })
    const { message } = clean.data
    const carried = {
      ...clean,
      // Another form of the same signature, numbers as text, and keys that nobody signed.
      sig: `${clean.sig.slice(0, 130)}${clean.sig.endsWith('1b') ? '00' : '01'}`
        .toUpperCase()
        .replace('0X', '0x'),
      data: { ...clean.data, message: { ...message, choice: ['1', '0x3'], privacy: 'shutter', power: 5 } },
    }
    const view = await world.ingest.ingest(carried)
    const { envelope } = await world.ctx.db.prisma.message.findUniqueOrThrow({ where: { id: view.id } })
    expect(JSON.parse(envelope)).toEqual({
      address: Ben.address,
      sig: clean.sig,
      hash: view.id,
      data: { domain: clean.data.domain, types: clean.data.types, message: { ...message, choice: [1, 3] } },
    })
    const vote = await world.ctx.db.prisma.vote.findUniqueOrThrow({ where: { id: view.id } })
    expect(vote.choice).toEqual([1, 3])
    await expectRefusal(world, clean, 'duplicate message')
  })
})

describe('a message is refused', () => {
  test('twice', async () => {
    const proposal = await propose()
    const envelope = await signVote(Ben, { proposal, timestamp: world.now() })
    await world.ingest.ingest(envelope)
    await expectRefusal(world, envelope, 'duplicate message')
    world.clock.advance(7200)
    await expectRefusal(world, envelope, 'duplicate message')
  })

  test('while the identical one is being worked on', async () => {
    const proposal = await propose()
    const envelope = await signVote(Ben, { proposal, timestamp: world.now() })
    const first = world.ingest.ingest(envelope)
    await expect(world.ingest.ingest(structuredClone(envelope))).rejects.toMatchObject({
      code: 'in_flight',
      status: 425,
      message: 'request already being processed',
    })
    await first
    await expectRefusal(world, envelope, 'duplicate message')
  })

  test('twice in one batch', async () => {
    const proposal = await propose()
    const envelope = await signVote(Ben, { proposal, timestamp: world.now() })
    const outcomes = await Promise.allSettled([
      world.ingest.ingest(envelope),
      world.ingest.ingest({ ...envelope, data: { ...envelope.data, primaryType: 'Vote' } }),
    ])
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => reason.message)).toEqual(['duplicate message'])
  })

  test('when it is dated more than five minutes ahead or six days back', async () => {
    const proposal = await propose({ start: world.now() - 10 * 86_400 })
    const at = (timestamp: number) => signVote(Chloe, { proposal, timestamp })
    await expectRefusal(world, await at(world.now() + 301), 'wrong timestamp')
    await expectRefusal(world, await at(world.now() - 6 * 86_400 - 1), 'wrong timestamp')
    await world.ingest.ingest(await at(world.now() - 6 * 86_400))
    await world.ingest.ingest(await at(world.now() + 300))
  })

  test('when somebody else signed it', async () => {
    const proposal = await propose()
    const vote = await signVote(Ben, { proposal, timestamp: world.now() })
    const words = 'signature validation failed'
    await expectRefusal(
      world,
      { ...vote, sig: (await signVote(Chloe, { proposal, timestamp: 1 })).sig },
      words,
    )
    await expectRefusal(world, { ...vote, sig: `${vote.sig.slice(0, -4)}00${vote.sig.slice(-2)}` }, words)
    await expectRefusal(world, { ...vote, sig: '0x' }, words)
    const message = { ...vote.data.message, choice: 2 }
    await expectRefusal(world, { ...vote, data: { ...vote.data, message } }, words)
  })

  test('when an alias signed it', async () => {
    const proposal = await propose()
    const timestamp = world.now()
    const from = Ada.address
    await expectRefusal(world, await signVote(Ben, { from, proposal, timestamp }), 'wrong alias')
    await expectRefusal(world, await signProposal(Ben, { from, timestamp }), 'wrong alias')
    await expectRefusal(
      world,
      await signSettings(Ben, { from, timestamp }),
      'alias not allowed for the type: settings',
    )
    await expectRefusal(
      world,
      await signCancel(Ben, { from, proposal, timestamp }),
      'alias not allowed for the type: delete-proposal',
    )
  })

  test('when it is of no kind that there is, or of another domain', async () => {
    const types = { Praise: latestDefinition('subscribe').fields }
    const message = { from: Ada.address, space: 'test', timestamp: world.now() }
    const unknown = { domain: SNAPSHOT_DOMAIN, types, primaryType: 'Praise', message }
    await expectRefusal(world, await signMessage(Ada, unknown), 'wrong types')
    const vote = await signVote(Ada, { proposal: await propose(), timestamp: world.now() })
    const domain = { ...vote.data.domain, version: '0.1.5' }
    await expectRefusal(world, { ...vote, data: { ...vote.data, domain } }, 'wrong domain')
  })

  test('when it is not even an envelope', async () => {
    for (const body of [undefined, null, 1, 'x', [], {}, { address: Ada.address, sig: '0x', data: {} }]) {
      await expectRefusal(world, body, 'wrong envelope format')
    }
    const vote = await signVote(Ada, { proposal: await propose(), timestamp: world.now() })
    await expectRefusal(world, { ...vote, extra: 1 }, 'wrong envelope format')
    await expectRefusal(world, { ...vote, address: vote.address.toLowerCase() }, 'wrong envelope format')
    const message = { ...vote.data.message, reason: 'x'.repeat(100_000) }
    await expectRefusal(world, { ...vote, data: { ...vote.data, message } }, 'too large message')
  })

  test('once the server is stopping', async () => {
    const ingest = createIngest(world.ctx.another())
    await ingest.close()
    await expect(ingest.ingest({})).rejects.toMatchObject({ code: 'database_unavailable', status: 503 })
  })
})

test('two processes on one database leave no gap in the log, and its root is right', async () => {
  const other = createIngest(world.ctx.another())
  const proposals = [await propose(), await propose()]
  const envelopes = await Promise.all(
    proposals.flatMap((proposal) =>
      everybody.flatMap((who) =>
        [1, 2, 3].map((choice) => signVote(who, { proposal, choice, timestamp: world.now() + choice })),
      ),
    ),
  )
  world.clock.advance(3)
  const outcomes = await Promise.allSettled(
    envelopes.map((envelope, i) => (i % 2 ? world.ingest : other).ingest(envelope)),
  )
  // Whether an older ballot came before the newer is chance; the newest of each voter always stands.
  const accepted = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  expect(accepted.length).toBeGreaterThanOrEqual(2 * everybody.length)
  for (const { reason } of outcomes.filter((outcome) => outcome.status === 'rejected')) {
    expect(reason.message).toBe('already voted at later time')
  }

  const { prisma } = world.ctx.db
  const rows = await prisma.message.findMany({ orderBy: { logIndex: 'asc' } })
  expect(rows.map(({ logIndex }) => Number(logIndex))).toEqual(rows.map((_, i) => i))
  const leaves = rows.map((row) =>
    hashLeaf(
      encodeLeaf({
        kind: row.kind as MessageKind,
        id: row.id as HexString,
        envelopeSha256: `0x${Buffer.from(row.envelopeHash).toString('hex')}`,
        acceptedAtMs: row.acceptedAt.getTime(),
      }),
    ),
  )
  expect(rows.map(({ leafHash }) => Buffer.from(leafHash).toString('hex'))).toEqual(
    leaves.map((leaf) => Buffer.from(leaf).toString('hex')),
  )
  const state = await prisma.logState.findUniqueOrThrow({ where: { id: 1 } })
  expect(Number(state.size)).toBe(rows.length)
  expect(Buffer.from(state.root).toString('hex')).toBe(Buffer.from(rootOfLeaves(leaves)).toString('hex'))
  for (const proposal of proposals) {
    const current = await prisma.vote.findMany({ where: { proposalId: proposal, current: true } })
    expect(current.map(({ choice }) => choice)).toEqual(everybody.map(() => 3))
    const row = await prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
    expect(row.voteCount).toBe(everybody.length)
  }
})

describe('a contract wallet', () => {
  const deployWallet = async () =>
    getAddress(await world.chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Chloe.address]))

  test('votes by its owner’s signature, checked at a block that is recorded', async () => {
    const proposal = await propose()
    const wallet = await deployWallet()
    const signed = await signVote(Chloe, { from: wallet, proposal, timestamp: world.now() })
    const v = signed.sig.endsWith('1b') ? '00' : '01'
    const sig = `${signed.sig.slice(0, -2)}${v}`
    await expectRefusal(world, { ...signed, address: wallet, sig }, 'signature validation failed')
    const view = await world.ingest.ingest({ ...signed, address: wallet })
    const row = await world.ctx.db.prisma.message.findUniqueOrThrow({ where: { id: view.id } })
    const block = await world.chain.client.getBlock()
    expect(row).toMatchObject({
      author: wallet,
      verification: { method: 'eip1271', chainId: 31337, block: String(block.number), blockHash: block.hash },
    })
    expect(JSON.parse(row.envelope)).toMatchObject({ address: wallet, sig: signed.sig })
    expect(view.receipt.voter).toBe(wallet)
  })

  test('votes by approving the hash on chain, with no signature at all', async () => {
    const proposal = await propose()
    const wallet = await deployWallet()
    const signed = await signVote(Chloe, { from: wallet, proposal, timestamp: world.now() })
    const envelope = { ...signed, address: wallet, sig: '0x' }
    await expectRefusal(world, envelope, 'signature validation failed')
    const { id } = resolveMessage(parseEnvelope(envelope))
    const approve = {
      address: wallet,
      abi: switchableWalletAbi,
      functionName: 'approve',
      args: [id],
    } as const
    const hash = await world.chain.wallet('Ada').writeContract(approve)
    await world.chain.client.waitForTransactionReceipt({ hash })
    const view = await world.ingest.ingest(envelope)
    expect(view.receipt.signatureHash).toBe(hashSignature('0x'))
  })
})

describe('while the chain cannot be read', () => {
  test('a ballot is kept as pending, and counted when it can', async () => {
    const proposal = await propose()
    const stopped = await startTestChain()
    await stopped.stop()
    const cutOff = createIngest(world.ctx.another({ rpcUrls: { 31337: stopped.rpcUrl } }))
    const view = await cutOff.ingest(await signVote(Ben, { proposal, timestamp: world.now() }))
    expect(view.power).toEqual({ state: 'pending', total: null })

    const { prisma, query } = world.ctx.db
    const find = () =>
      prisma.proposal.findUniqueOrThrow({ where: { id: proposal }, include: { cells: true } })
    expect(await find()).toMatchObject({ voteCount: 1, pendingCount: 1, cells: [] })
    const { rows } = await query(
      'select task_identifier as task from graphile_worker.jobs where key like $1',
      [`measure-pending:${proposal}`],
    )
    expect(rows).toEqual([{ task: 'measure-pending' }])

    const { snapshotHash } = await find()
    const power = new Map([[Ben.address, [7n * 10n ** 18n]]])
    expect(await setPower(world.ctx.db, { proposalId: proposal, snapshotHash }, power)).toBe(1)
    expect(await setPower(world.ctx.db, { proposalId: proposal, snapshotHash }, power)).toBe(0)
    const counted = await find()
    expect(counted).toMatchObject({ voteCount: 1, pendingCount: 0 })
    const cells = Object.fromEntries(counted.cells.map(({ key, sum }) => [key, sum.toFixed()]))
    expect(cells).toEqual({
      total: (7n * 10n ** 18n).toString(),
      ballots: '1',
      1: (7n * 10n ** 18n).toString(),
    })
  })

  test('a slow node does not hold the answer longer than two of its time-outs', async () => {
    const proposal = await propose()
    const server = await startRpcServer(world.chain.rpcUrl, async ({ method }, _, upstream) => {
      if (method === 'eth_chainId') await upstream()
    })
    const slow = createIngest(world.ctx.another({ rpcUrls: { 31337: server.url } }))
    const started = performance.now()
    const view = await slow.ingest(await signVote(Ben, { proposal, timestamp: world.now() }))
    expect(view.power?.state).toBe('pending')
    expect(performance.now() - started).toBeLessThan(2 * world.ctx.env.rpcTimeoutMs + 1000)
    await server.stop()
  })

  test('a contract wallet’s ballot cannot be verified: nothing is written', async () => {
    const proposal = await propose()
    const vote = await signVote(Ben, { proposal, timestamp: world.now() })
    const stopped = await startTestChain()
    await stopped.stop()
    const ingest = createIngest(world.ctx.another({ rpcUrls: { 31337: stopped.rpcUrl } }))
    const envelope = { ...vote, sig: '0x' }
    await expectRefusal({ ...world, ingest }, envelope, 'signature validation failed', 'chain_unavailable')
  })
})
