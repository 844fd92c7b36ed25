import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import snapshot from '@snapshot-labs/snapshot.js'
import { type Address, encodeFunctionData, getAddress, type Hex, hashMessage, parseAbi, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  cancelProposalTypedData,
  type MessageTypedData,
  proposalTypedData,
  settingsTypedData,
  toEnvelope,
  voteTypedData,
} from '../client/typed-data'
import { recoverReceiptSigner } from '../core/log/receipt'
import { definitions } from '../core/messages/definitions'
import { packApprovals, safeMessageHash, safeMessageTypedData } from '../core/settlement/safe-message'
import {
  execTransactionData,
  packSignatures,
  type SafeTransaction,
  safeTransactionFor,
  safeTxTypedData,
} from '../core/settlement/safe-transaction'
import type { HexString } from '../core/views/hex-string'
import type { RelayedView } from '../core/views/relayed-view'
import type { DemoAccountName } from '../dev/demo-accounts'
import { deploySafe } from '../dev/deploy-safe'
import { canonicalContracts } from '../execution/safe/canonical-contracts'
import { createIngest, type Ingest } from '../ingest/ingest'
import { relayMessagesJob } from '../jobs/handlers/relay-messages'
import type { Context } from '../services/context'
import { relayDue } from '../services/relayer/relay-due'
import { switchableWalletAbi, switchableWalletBytecode } from '../testing/abi/switchable-wallet'
import { accounts } from '../testing/accounts'
import { signCancel, signKind, signProposal, signSettings, signVote } from '../testing/factories'
import { startRpcServer } from '../testing/rpc-server'
import { createTestWorld, type TestWorld } from '../testing/world'
import type { Api } from './api-env'
import { createApi } from './app'

const { Ada, Ben, Chloe, Dan } = accounts
const chainId = 31337
const safeAbi = parseAbi([
  'function nonce() view returns (uint256)',
  'function approveHash(bytes32 hash)',
  'function signMessage(bytes data)',
  'function changeThreshold(uint256 threshold)',
  'function swapOwner(address previous, address owner, address next)',
  'function setFallbackHandler(address handler)',
])

let world: TestWorld
let api: Api
/** As in production: it has no key for receipts. */
let worker: { readonly ctx: Context; readonly ingest: Ingest }
let safe: Address
let salt = 0n

beforeAll(async () => {
  world = await createTestWorld()
  api = createApi(world.ctx, world.ingest)
  worker = openWorker()
  safe = await newSafe()
  await world.ingest.ingest(await signSettings(Ada, { timestamp: world.now() }))
})
afterAll(async () => {
  await worker?.ingest.close()
  await world?.close()
})

function openWorker(rpcUrl = world.chain.rpcUrl): typeof worker {
  const ctx = {
    ...world.ctx.another({ clock: world.clock, rpcUrls: { [chainId]: rpcUrl } }),
    keys: {
      get receiptKey(): never {
        throw new Error('a worker has no receipt key')
      },
      logKey: world.ctx.keys.logKey,
    },
  }
  return { ctx, ingest: createIngest(ctx) }
}

/** Two of Ada, Ben and Chloe decide. */
function newSafe(
  threshold = 2,
  owners: Address[] = [Ada.address, Ben.address, Chloe.address],
): Promise<Address> {
  salt += 1n
  const { rpcUrl } = world.chain
  return deploySafe({ rpcUrl, chainId, deployer: accounts.Hugo, owners, threshold, saltNonce: salt })
}

/** The Safe does this now, by its first owners' signatures. */
async function asSafe(wallet: Address, data: Hex, { to = wallet, operation = 0, signers = 2 } = {}) {
  const nonce = await world.chain.client.readContract({
    address: wallet,
    abi: safeAbi,
    functionName: 'nonce',
  })
  const plain = safeTransactionFor([{ to, value: 0n, data, operation: 0 }], Number(nonce))
  const transaction = { ...plain, operation: operation as SafeTransaction['operation'] }
  const typed = safeTxTypedData({ chainId, safe: wallet }, transaction)
  const confirmations = await Promise.all(
    [Ada, Ben, Chloe].slice(0, signers).map(async (account) => ({
      ...{ owner: account.address, kind: 'ecdsa' as const },
      signature: await account.signTypedData(typed),
    })),
  )
  const call = execTransactionData(transaction, packSignatures(confirmations))
  await world.chain.confirm(world.chain.wallet('Hugo').sendTransaction({ to: wallet, data: call }))
}

const wallet = { safe: '0x' as Address, version: '1.4.1', chainId }
const hashOf = (id: Hex, address = safe) => safeMessageHash({ ...wallet, safe: address }, id)

/** The ways to approve. */
const byText = (who: DemoAccountName, id: Hex, address = safe) =>
  accounts[who].signMessage({ message: { raw: hashOf(id, address) } })
const ways = {
  /** (a) The Safe signs the message on chain. */
  safe: (_: DemoAccountName, id: Hex) =>
    asSafe(safe, encodeFunctionData({ abi: safeAbi, functionName: 'signMessage', args: [id] }), {
      to: canonicalContracts.SignMessageLib.address,
      operation: 1,
    }),
  /** (b) An owner approves the hash on chain. */
  chain: (who: DemoAccountName, id: Hex, address = safe) =>
    world.chain.confirm(
      world.chain.wallet(who).writeContract({
        ...{ address, abi: safeAbi, functionName: 'approveHash' as const },
        args: [hashOf(id, address)],
      }),
    ),
  /** (c) An owner signs the typed data, or the hash as a text in either form of v. */
  typed: async (who: DemoAccountName, id: Hex, address = safe) =>
    approve(
      id,
      who,
      await accounts[who].signTypedData(safeMessageTypedData({ ...wallet, safe: address }, id)),
    ),
  personal: async (who: DemoAccountName, id: Hex) => approve(id, who, await byText(who, id)),
  ethSign: async (who: DemoAccountName, id: Hex) => {
    const signature = await byText(who, id)
    return approve(id, who, `${signature.slice(0, -2)}${signature.endsWith('1b') ? '1f' : '20'}` as Hex)
  },
}

async function call<Body>(path: string, body?: unknown, status = 200): Promise<Body> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await api.request(path, init)
  const answer = await response.json()
  expect({ status: response.status, answer }).toMatchObject({ status })
  return answer as Body
}
const view = (id: Hex) => call<RelayedView>(`/api/v1/relayed/${id}`)
const approve = (id: Hex, who: DemoAccountName, signature: Hex, status = 200) =>
  call<RelayedView>(`/api/v1/relayed/${id}/approvals`, { owner: accounts[who].address, signature }, status)
const unsigned = (address: HexString, typedData: MessageTypedData) => toEnvelope(address, '0x', typedData)

async function propose(fields: Partial<Parameters<typeof signProposal>[1]> = {}): Promise<HexString> {
  world.clock.advance(1)
  const envelope = await signProposal(Ada, { timestamp: world.now(), ...fields })
  return (await world.ingest.ingest(envelope)).id
}

const voteOf = (proposal: HexString, address = safe, fields: { choice?: number; timestamp?: number } = {}) =>
  unsigned(
    address,
    voteTypedData({
      ...{ from: address, space: 'test', timestamp: world.now(), proposal, ballot: 'single', choice: 1 },
      ...fields,
    }),
  )

/** A vote of the Safe on a new proposal, handed in. */
async function handIn(address = safe): Promise<HexString> {
  return (await call<{ id: HexString }>('/api/relayer', voteOf(await propose(), address))).id
}

/** The worker's next turn. */
async function work({ ctx, ingest } = worker, seconds = 60): Promise<void> {
  world.clock.advance(seconds)
  await relayDue(ctx, ingest)
}

const countMessages = async (id: Hex) =>
  (await world.ctx.db.query('select from messages where id = $1', [id])).rowCount

async function expectAccepted(id: HexString, signature: RegExp): Promise<RelayedView> {
  const relayed = await view(id)
  expect(relayed).toMatchObject({ state: 'accepted', reason: null, accepted: { id } })
  const { receipt, power } = relayed.accepted ?? {}
  if (!receipt) throw new Error('no receipt')
  expect(
    await recoverReceiptSigner({ ...receipt, logIndex: Number(receipt.logIndex) }, receipt.signature),
  ).toBe(receipt.operator)
  if (relayed.kind === 'vote') expect(power).toEqual({ state: 'counted', total: '1000000000000000000' })
  const row = await world.ctx.db.prisma.message.findUniqueOrThrow({ where: { id } })
  expect(row.verification).toMatchObject({ method: 'eip1271', chainId })
  expect(JSON.parse(row.envelope).sig).toMatch(signature)
  return relayed
}

describe('a vote of a Safe that two of three owners decide on', () => {
  const mixes: [(keyof typeof ways)[], DemoAccountName[], RegExp][] = [
    [['safe'], ['Ada'], /^0x$/],
    [['typed', 'typed'], ['Ada', 'Ben'], /^0x.{260}$/],
    [['typed', 'typed'], ['Ben', 'Ada'], /^0x.{260}$/],
    [['typed', 'typed'], ['Chloe', 'Ada'], /^0x.{260}$/],
    [['chain', 'chain'], ['Ben', 'Chloe'], /^0x.{260}$/],
    [['chain', 'typed'], ['Chloe', 'Ben'], /^0x.{260}$/],
    [['typed', 'chain'], ['Chloe', 'Ben'], /^0x.{260}$/],
    [['personal', 'ethSign'], ['Ada', 'Chloe'], /^0x.{260}$/],
    [['ethSign', 'chain'], ['Chloe', 'Ada'], /^0x.{260}$/],
    [['typed', 'safe'], ['Chloe', 'Ada'], /^0x$/],
  ]
  test.each(mixes)('is taken once they approve by %j, as %j', async (how, who, signature) => {
    const id = await handIn()
    for (const [i, way] of how.entries()) {
      await work()
      expect(await view(id)).toMatchObject({ state: 'waiting', accepted: null, safe: { approvals: i } })
      await ways[way](who[i] ?? 'Ada', id)
    }
    await work()
    await expectAccepted(id, signature)
    await work()
    expect(await countMessages(id)).toBe(1)
  })

  test('shows who approved and how, what is signed, and what owners sign', async () => {
    const id = await handIn()
    await ways.typed('Chloe', id)
    await ways.chain('Ada', id)
    const before = await view(id)
    expect(before).toMatchObject({
      ...{ id, kind: 'vote', space: 'test', address: safe, chainId, state: 'waiting', reason: null },
      message: { from: safe, choice: 1, space: 'test' },
      createdAt: world.now(),
      checkedAt: world.now(),
      safe: {
        ...{ version: '1.4.1', threshold: 2, approvals: 1, messageHash: hashOf(id) },
        owners: [
          { address: Ada.address, approval: null },
          { address: Ben.address, approval: null },
          { address: Chloe.address, approval: 'signature' },
        ],
        typedData: { domain: { chainId, verifyingContract: safe }, message: { message: id } },
      },
    })
    // With the vote's end.
    const { end } = await world.ctx.db.prisma.proposal.findUniqueOrThrow({
      where: { id: before.proposal ?? '' },
    })
    expect(before.expiresAt).toBe(Number(end))
    await work()
    expect((await view(id)).safe?.owners.map(({ approval }) => approval)).toEqual([
      'chain',
      null,
      'signature',
    ])
    const path = `/api/v1/proposals/${before.proposal}/relayed`
    expect(await call(`${path}?address=${safe}`)).toEqual([await view(id)])
    // Owners find it too.
    expect(await call(`${path}?address=${Ada.address}`)).toEqual([await view(id)])
    expect(await call(`${path}?address=${Dan.address}`)).toEqual([])
  })

  test('is shown by Snapshot’s path while it waits', async () => {
    const envelope = voteOf(await propose())
    const { id } = await call<{ id: HexString }>('/api/relayer', envelope)
    const path = `/api/relayer/api/messages/${id}`
    const [row, ...more] = await call<{ payload: string }[]>(path)
    expect(more).toEqual([])
    expect(row).toEqual({
      ...{ address: safe, hash: hashOf(id), msg_hash: id, ts: envelope.data.message.timestamp },
      ...{ payload: expect.any(String), network: '31337', env: 'livenet' },
    })
    expect(JSON.parse(row?.payload ?? '')).toEqual(envelope)
    for (const who of ['Ada', 'Ben'] as const) await ways.typed(who, id)
    expect(await call(path)).toEqual([])
  })
})

describe('the Safe of the moment of counting decides', () => {
  test('when its threshold rises', async () => {
    const own = await newSafe()
    const id = await handIn(own)
    await ways.typed('Ada', id, own)
    const args = [3n] as const
    await asSafe(own, encodeFunctionData({ abi: safeAbi, functionName: 'changeThreshold', args }))
    await ways.typed('Ben', id, own)
    expect(await view(id)).toMatchObject({ state: 'waiting', safe: { threshold: 3, approvals: 2 } })
    await ways.chain('Chloe', id, own)
    await work()
    await expectAccepted(id, /^0x.{390}$/)
  })

  test('when an owner goes and another comes', async () => {
    const own = await newSafe()
    const id = await handIn(own)
    await ways.typed('Chloe', id, own)
    await ways.typed('Chloe', id, own)
    expect((await view(id)).safe?.approvals).toBe(1)
    const args = [Ben.address, Chloe.address, Dan.address] as const
    await asSafe(own, encodeFunctionData({ abi: safeAbi, functionName: 'swapOwner', args }))
    await ways.typed('Ada', id, own)
    expect(await view(id)).toMatchObject({ state: 'waiting', safe: { approvals: 1 } })
    await ways.typed('Dan', id, own)
    await expectAccepted(id, /^0x.{260}$/)
  })

  test('when it falls below what is there already', async () => {
    const own = await newSafe()
    const id = await handIn(own)
    await ways.typed('Chloe', id, own)
    const args = [1n] as const
    await asSafe(own, encodeFunctionData({ abi: safeAbi, functionName: 'changeThreshold', args }))
    await work()
    await expectAccepted(id, /^0x.{130}$/)
  })

  test('and one that cannot answer for its owners keeps the message waiting', async () => {
    const own = await newSafe(1)
    const setHandler = (handler: Address) =>
      asSafe(own, encodeFunctionData({ abi: safeAbi, functionName: 'setFallbackHandler', args: [handler] }), {
        signers: 1,
      })
    const id = await handIn(own)
    await setHandler(`0x${'00'.repeat(20)}`)
    await ways.typed('Ben', id, own)
    expect(await view(id)).toMatchObject({ state: 'waiting', reason: 'signature validation failed' })
    await setHandler(canonicalContracts.CompatibilityFallbackHandler.address)
    await work()
    await expectAccepted(id, /^0x.{130}$/)
  })
})

test('another contract wallet approves by its own word alone', async () => {
  const own = getAddress(
    await world.chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Ada.address]),
  )
  const id = await handIn(own)
  expect(await view(id)).toMatchObject({ state: 'waiting', safe: null })
  const signature = await byText('Ada', id)
  expect(await approve(id, 'Ada', signature, 400)).toMatchObject({
    error_description: `${own} on chain 31337 is not a Safe: only what it approves itself counts`,
  })
  const hash = { address: own, abi: switchableWalletAbi, functionName: 'approve', args: [id] } as const
  await world.chain.confirm(world.chain.wallet('Eve').writeContract(hash))
  await work()
  await expectAccepted(id, /^0x$/)
})

test('a Safe of more owners than anybody manages is asked for its own word alone', async () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => getAddress(toHex(i + 100, { size: 20 })))
  for (const count of [50, 51]) {
    const { safe } = await view(await handIn(await newSafe(1, many(count))))
    expect(safe?.owners.length).toBe(count === 50 ? 50 : undefined)
  }
})

test('a wallet that cannot be asked keeps no other from being asked', async () => {
  const bad = await newSafe()
  const [stuck, id] = [await handIn(bad), await handIn()]
  await ways.safe('Ada', id)
  const server = await startRpcServer(world.chain.rpcUrl, async (request, response, upstream) => {
    const [transaction] = request.params as [{ to?: string } | undefined]
    if (request.method !== 'eth_call' || transaction?.to?.toLowerCase() !== bad.toLowerCase())
      return upstream()
    response.end(
      JSON.stringify({ jsonrpc: '2.0', id: request.id, error: { code: -32000, message: 'too slow' } }),
    )
  })
  await work(openWorker(server.url))
  await server.stop()
  await expectAccepted(id, /^0x$/)
  expect(await view(stuck)).toMatchObject({ state: 'waiting', reason: expect.stringContaining('31337') })
})

test('a Safe makes a space, proposes in it and withdraws the proposal', async () => {
  const own = await newSafe(1)
  const send = async (typedData: MessageTypedData) => {
    const { id } = await call<{ id: HexString }>('/api/relayer', unsigned(own, typedData))
    await ways.typed('Ben', id, own)
    await expectAccepted(id, /^0x.{130}$/)
    world.clock.advance(1)
    return id
  }
  const speech = () => ({ from: own, space: 'safe-house', timestamp: world.now() })
  const settings = { name: 'S', network: '31337', symbol: 'V', strategies: [{ name: 'ticket', params: {} }] }
  await send(settingsTypedData({ ...speech(), settings: JSON.stringify(settings) }))
  const times = { start: world.now(), end: world.now() + 3600, snapshot: 1 }
  const text = { type: 'basic', title: 'T', body: '', choices: ['For', 'Against'], plugins: '{}' }
  const proposal = await send(proposalTypedData({ ...speech(), ...text, ...times }))
  await send(cancelProposalTypedData({ ...speech(), proposal }))
  expect(await world.ctx.db.prisma.proposal.findUnique({ where: { id: proposal } })).toMatchObject({
    author: own,
    hiddenAs: 'author',
  })
})

describe('what nobody has signed is kept only if it could be taken', () => {
  const words = async (envelope: unknown, status = 400) => {
    const answer = await call<{ error: string; details: { message: string }[] }>(
      '/api/relayer',
      envelope,
      status,
    )
    const [detail] = answer.details
    expect(answer).toEqual({
      error: 'Invalid format request',
      error_description: detail?.message,
      details: [detail],
    })
    return detail?.message
  }

  test('a message that a Safe could sign, and nothing else', async () => {
    const proposal = await propose()
    const vote = voteOf(proposal)
    const { message } = vote.data
    const changed = (changes: object) => ({
      ...vote,
      data: { ...vote.data, message: { ...message, ...changes } },
    })
    const nowhere = getAddress(`0x${'5a'.repeat(20)}`)
    const before = await world.ctx.db.query('select from relayed_envelopes')
    expect(await words({})).toBe('wrong envelope format')
    expect(await words({ ...vote, data: { foo: 'bar' } })).toBe('wrong envelope format')
    expect(await words({ ...vote, address: safe.toLowerCase() })).toBe('wrong envelope format')
    expect(await words({ ...vote, sig: `0x${'00'.repeat(65)}` })).toBe(
      'sig must be 0x: what is signed goes to /',
    )
    expect(await words({ ...vote, data: { ...vote.data, types: { Vote: [] } } })).toBe('wrong types')
    expect(await words(changed({ timestamp: world.now() - 7 * 86_400 }))).toBe('wrong timestamp')
    expect(await words(changed({ proposal: `0x${'00'.repeat(32)}` }))).toBe('unknown proposal')
    expect(await words(changed({ space: 'nowhere' }))).toBe('unknown space')
    expect(await words(changed({ choice: 4 }))).toBe('invalid choice')
    expect(await words(changed({ timestamp: world.now() - 3600 }))).toBe('not in voting window')
    expect(await words(changed({ from: Ada.address }))).toBe('wrong alias')
    expect(await words(voteOf(proposal, Ada.address))).toBe(
      `there is no contract at ${Ada.address} on chain 31337: only a contract wallet approves later`,
    )
    expect(await words(voteOf(proposal, nowhere))).toContain('there is no contract at')
    const after = await world.ctx.db.query('select from relayed_envelopes')
    expect(after.rowCount).toBe(before.rowCount)
    // Where messages go that are signed, it is what it always was.
    expect(await call('/', vote, 400)).toEqual({
      error: 'client_error',
      error_description: 'signature validation failed',
    })
  })

  test('once, however often it is sent', async () => {
    const envelope = voteOf(await propose())
    const first = await call<{ id: HexString }>('/api/relayer', envelope)
    await ways.typed('Ada', first.id)
    const noisy = { ...envelope.data.message, unsigned: 'noise' }
    expect(await call('/api/relayer', { ...envelope, data: { ...envelope.data, message: noisy } })).toEqual(
      first,
    )
    expect((await view(first.id)).safe?.approvals).toBe(1)
    await ways.typed('Ben', first.id)
    expect(await call('/api/relayer', envelope)).toEqual(first)
    await work()
    expect(await countMessages(first.id)).toBe(1)
    const { envelope: text } = await world.ctx.db.prisma.message.findUniqueOrThrow({
      where: { id: first.id },
    })
    const { sig } = JSON.parse(text)
    expect(await call('/', { ...envelope, sig }, 400)).toMatchObject({
      error_description: 'duplicate message',
    })
    // Taken by another way, it has nothing to wait for.
    const own = voteOf(await propose())
    const { id } = (await world.ingest.rehearse(own)).message
    await ways.safe('Ada', id)
    await call('/', own)
    expect(await words(own)).toBe('duplicate message')
  })

  test('as many as one wallet can need', async () => {
    const proposal = await propose()
    const own = await newSafe()
    const at = (seconds: number) => voteOf(proposal, own, { timestamp: world.now() + seconds })
    world.clock.advance(20)
    for (let i = 0; i < 10; i++) await call('/api/relayer', at(-i))
    expect(await call('/api/relayer', at(-10), 429)).toMatchObject({ error: 'client_error' })
    // Sent again, one that waits needs no room.
    await call('/api/relayer', at(0))
    await call('/api/relayer', voteOf(proposal, await newSafe()))
  })

  test('one more than a wallet or everybody can need, in the place of the newest of who has most unapproved', async () => {
    const own = await newSafe()
    const approved = await handIn(own)
    await ways.typed('Ada', approved, own)
    const chosen = await handIn(own)
    await ways.chain('Ada', chosen, own)
    await work()
    world.clock.advance(1)
    /** As if strangers had sent three each, the last one two, every one later than the one before. */
    const crowd = (count: number, address: string) =>
      world.ctx.db.query(
        `insert into relayed_envelopes (id, address, chain_id, kind, space, proposal, envelope, state, sender, safe,
           created_at, expires_at, due_at)
         select $3 || i, $3, chain_id, kind, space, proposal, envelope, state, $3 || (i + 2) / 3,
           jsonb_set(safe, '{approvedBy}', '[]'), $4::timestamptz + i * interval '1 ms', expires_at, expires_at
         from relayed_envelopes, generate_series(1, $2::int) as i where id = $1`,
        [approved, count, address, new Date(world.clock.now())],
      )
    const gone = async (ids: readonly string[]) => {
      const { rows } = await world.ctx.db.query<{ id: string }>(
        'select id from relayed_envelopes where id = any($1)',
        [ids],
      )
      return ids.filter((id) => !rows.some((row) => row.id === id))
    }
    await crowd(98, own)
    world.clock.advance(1)
    const early = Array.from({ length: 98 }, (_, i) => `${own}${i + 1}`)
    expect(await gone(early)).toEqual([])
    const added = await handIn(own)
    expect(await gone(early)).toEqual([`${own}96`])
    for (const id of [approved, chosen, added]) expect(await view(id)).toMatchObject({ state: 'waiting' })
    // What an owner signed for is shown first; of what nobody did, a wallet's newest alone.
    const { proposal } = await view(approved)
    const listed = async (address: string) =>
      (await call<RelayedView[]>(`/api/v1/proposals/${proposal}/relayed?address=${address}`)).map(
        ({ id }) => id,
      )
    expect(await listed(Ben.address)).toEqual([approved, expect.any(String)])
    expect((await listed(own))[0]).toBe(approved)

    await world.ctx.db.query('delete from relayed_envelopes where address <> $1', [own])
    await crowd(2_000, 'elsewhere')
    await handIn(await newSafe())
    expect(await gone([...early, 'elsewhere1998', 'elsewhere2000'])).toEqual([`${own}96`, 'elsewhere1998'])
    await world.ctx.db.query(`update relayed_envelopes set approvals = '{"0x": "0x"}' where approvals = '{}'`)
    expect(await call('/api/relayer', voteOf(await propose()), 429)).toMatchObject({ error: 'client_error' })
    await world.ctx.db.query(`delete from relayed_envelopes where address = 'elsewhere'`)
  })

  test('a message that signs its time, which nobody else can choose then', async () => {
    const undated = definitions.find(
      ({ kind, fields }) => kind === 'alias' && !fields.some(({ name }) => name === 'timestamp'),
    )
    const values = { from: safe, alias: Dan.address, timestamp: world.now() }
    const envelope = { ...(await signKind(Ada, 'alias', values, undated)), address: safe, sig: '0x' }
    expect(await words(envelope)).toBe(
      'a message that waits for approval must sign its time: use the definition that has a timestamp',
    )
  })
})

describe('an approval is refused', () => {
  test('of anybody else, of anything else, and of nothing', async () => {
    const id = await handIn()
    const other = await handIn()
    const said = async (who: DemoAccountName, signature: Hex) =>
      (await approve(id, who, signature, 400)) as unknown as { error_description: string }
    const wrong = { error_description: `this is not ${Ada.address}'s signature of ${hashOf(id)}` }
    const typed = (who: DemoAccountName, of = id, address = safe) =>
      accounts[who].signTypedData(safeMessageTypedData({ ...wallet, safe: address }, of))
    expect(await said('Dan', await typed('Dan'))).toMatchObject({
      error_description: `${Dan.address} is not an owner of the Safe ${safe}`,
    })
    expect(await said('Ada', await typed('Ben'))).toMatchObject(wrong)
    expect(await said('Ada', await typed('Ada', other))).toMatchObject(wrong)
    expect(await said('Ada', await typed('Ada', id, Dan.address))).toMatchObject(wrong)
    // The message itself, as a key would sign it: the Safe would not take it.
    expect(await said('Ada', await Ada.sign({ hash: id }))).toMatchObject(wrong)
    expect(await said('Ada', await Ada.sign({ hash: hashMessage(id) }))).toMatchObject(wrong)
    expect(await said('Ada', `0x${'00'.repeat(65)}`)).toMatchObject(wrong)
    expect(await said('Ada', packApprovals([{ owner: Ada.address, signature: null }]))).toMatchObject(wrong)
    expect((await said('Ada', '0x')).error_description).toMatch(/^a signature has 65 bytes/)
    expect((await view(id)).safe?.approvals).toBe(0)
    await approve(`0x${'00'.repeat(32)}`, 'Ada', await typed('Ada'), 404)
  })

  test('after the vote, whose messages then expire', async () => {
    const id = await handIn()
    await ways.typed('Ada', id)
    world.clock.advance(3_601)
    await approve(id, 'Ben', await byText('Ben', id), 409)
    await ways.chain('Ben', id)
    await work()
    expect(await view(id)).toMatchObject({ state: 'expired', accepted: null })
    await approve(id, 'Ben', await byText('Ben', id), 409)
    expect(await countMessages(id)).toBe(0)
  })
})

describe('a message that its wallet approves', () => {
  test('is refused for good where it would be refused for good', async () => {
    const id = await handIn()
    const proposal = (await view(id)).proposal ?? '0x'
    await world.ingest.ingest(await signCancel(Ada, { timestamp: world.now(), proposal }))
    for (const who of ['Ada', 'Ben'] as const) await ways.chain(who, id)
    await work()
    expect(await view(id)).toMatchObject({ state: 'refused', reason: 'unknown proposal', accepted: null })
    await approve(id, 'Chloe', await byText('Chloe', id), 409)
  })

  test('waits for a chain that is silent', async () => {
    const id = await handIn()
    await ways.safe('Ada', id)
    const cut = openWorker('http://127.0.0.1:1')
    await work(cut)
    const before = await view(id)
    expect(before).toMatchObject({ state: 'waiting', accepted: null })
    expect(before.reason).toContain('31337')
    await work()
    await expectAccepted(id, /^0x$/)
  })

  test('is taken once by two workers, and by one that was killed before it wrote that down', async () => {
    const both = await handIn()
    await ways.safe('Ada', both)
    world.clock.advance(60)
    const second = openWorker()
    await Promise.all([worker, second].map(({ ctx, ingest }) => relayDue(ctx, ingest)))
    await expectAccepted(both, /^0x$/)
    expect(await countMessages(both)).toBe(1)

    const id = await handIn()
    await ways.safe('Ada', id)
    const row = await world.ctx.db.prisma.relayedEnvelope.findUniqueOrThrow({ where: { id } })
    await worker.ingest.append(JSON.parse(row.envelope))
    expect((await view(id)).state).toBe('waiting')
    await work(second)
    await expectAccepted(id, /^0x$/)
    expect(await countMessages(id)).toBe(1)
  })

  test('is found by the job, which comes again', async () => {
    const id = await handIn()
    await ways.safe('Ada', id)
    world.clock.advance(60)
    const [next, ...more] = await relayMessagesJob.run(worker.ctx, {})
    await expectAccepted(id, /^0x$/)
    expect(more).toEqual([])
    expect(next).toMatchObject({ task: 'relay-messages', runAt: new Date(world.clock.now() + 5_000) })
  })

  test('is asked for seldom once it has waited long, and to the last moment', async () => {
    const id = await handIn()
    const expiresIn = (seconds: number) =>
      world.ctx.db.query('update relayed_envelopes set expires_at = $2 where id = $1', [
        id,
        new Date(world.clock.now() + seconds * 1000),
      ])
    const pause = async () => {
      const row = await world.ctx.db.prisma.relayedEnvelope.findUniqueOrThrow({ where: { id } })
      return (row.dueAt.getTime() - world.clock.now()) / 1000
    }
    await expiresIn(2 * 86_400)
    await work()
    expect(await pause(), 'no owner has signed').toBe(60)
    await ways.typed('Ada', id)
    expect(await pause()).toBe(15)
    world.clock.advance(3_600)
    await work()
    expect(await pause()).toBe(60)
    world.clock.advance(86_400)
    await work()
    expect(await pause()).toBe(300)
    await expiresIn(3_600)
    world.clock.advance(285)
    await work(worker, 15)
    expect(await pause()).toBe(15)
    await expiresIn(25)
    await work(worker, 15)
    expect(await pause()).toBe(4)
  })
})

test('snapshot.js hands a Safe’s vote to its relayerURL and gets the message’s id', async () => {
  const server = createAdaptorServer({ fetch: api.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = new snapshot.Client712(url, { relayerURL: `${url}/api/relayer` })
  // What a Safe's app answers while its owners have still to sign.
  const signer = { _signTypedData: async () => '0x' } as unknown as Parameters<typeof client.vote>[0]
  const proposal = await propose({ type: 'approval' })
  const ballot = { space: 'test', proposal, timestamp: world.now(), type: 'approval' as const, app: 'bot' }
  const { id } = (await client.vote(signer, safe, { ...ballot, choice: [1, 3] })) as { id: HexString }
  expect(id).toBe(
    (
      await signVote(Ada, {
        ...{ from: safe, proposal, timestamp: world.now(), ballot: 'multiple', choice: [1, 3], app: 'bot' },
      }).then((envelope) => world.ingest.rehearse({ ...envelope, address: safe, sig: '0x' }))
    ).message.id,
  )
  await expect(client.vote(signer, safe, { ...ballot, choice: [7] })).rejects.toEqual({
    error: 'Invalid format request',
    error_description: 'invalid choice',
    details: [{ message: 'invalid choice' }],
  })
  for (const who of ['Ben', 'Ada'] as const) await ways.typed(who, id)
  expect(await view(id)).toMatchObject({ state: 'accepted', kind: 'vote-array', message: { choice: [1, 3] } })
  await new Promise((resolve) => server.close(resolve))
})
