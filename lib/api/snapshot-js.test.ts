import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import snapshot from '@snapshot-labs/snapshot.js'
import { type PrivateKeyAccount, parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIngest, type Ingest } from '../ingest/ingest'
import { unixSeconds } from '../platform/clock'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { createTestContext, type TestContext } from '../testing/context'
import { createApi } from './app'

/** One that the client knows and lets pass from block 0 on; it refuses what is not in its own list of networks. */
const NETWORK = '4663'
const { Ada, Ben, Chloe, Dan } = accounts
const { Client712, utils } = snapshot

/** What a message was accepted with, as far as the client's callers look. */
interface Accepted {
  readonly id: `0x${string}`
  readonly ipfs: string
  readonly relayer: { readonly address: string; readonly receipt: string }
}

let chain: TestChain
let ctx: TestContext
let ingest: Ingest
let server: ReturnType<typeof createAdaptorServer>
let url: string
let token: `0x${string}`
let block: number

beforeAll(async () => {
  chain = await startTestChain({ chainId: Number(NETWORK) })
  token = await chain.deploy(mockTokenAbi, mockTokenBytecode, [18])
  for (const [holder, amount] of [
    [Ada, '50'],
    [Ben, '30'],
  ] as const) {
    const args = [holder.address, parseEther(amount)] as const
    await chain.confirm(
      chain.wallet('Hugo').writeContract({ address: token, abi: mockTokenAbi, functionName: 'mint', args }),
    )
  }
  await chain.mine(5)
  block = Number(await chain.client.getBlockNumber()) - 2
  ctx = await createTestContext({ rpcUrls: { [NETWORK]: chain.rpcUrl } })
  ingest = createIngest(ctx)
  server = createAdaptorServer({ fetch: createApi(ctx, ingest).fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await ingest?.close()
  await new Promise((resolve) => server?.close(resolve))
  await ctx?.close()
  await chain?.stop()
})

/** What the client takes for a wallet. */
type Wallet = Parameters<InstanceType<typeof Client712>['vote']>[0]

function walletOf(account: PrivateKeyAccount, sign?: () => string): Wallet {
  const signer = {
    _signTypedData: async (
      domain: object,
      types: Record<string, { name: string; type: string }[]>,
      message: object,
    ) =>
      sign?.() ??
      account.signTypedData({
        domain,
        types,
        primaryType: Object.keys(types)[0] ?? '',
        message: message as Record<string, unknown>,
      }),
  }
  return signer as unknown as Wallet
}

type Method = Exclude<keyof InstanceType<typeof Client712>, 'address' | 'options' | 'sign' | 'send'>

/** Has the real client sign a message and send it. */
async function send(
  method: Method,
  account: PrivateKeyAccount,
  message: object,
  path = '/',
): Promise<Accepted> {
  const client = new Client712(`${url}${path}`)
  const call = client[method].bind(client) as (
    wallet: Wallet,
    address: string,
    message: object,
  ) => Promise<unknown>
  return (await call(walletOf(account), account.address, { ...message })) as Accepted
}

const now = () => unixSeconds(ctx.clock)
const settingsOf = (more: object = {}) =>
  JSON.stringify({
    name: 'Client space',
    network: NETWORK,
    symbol: 'TOK',
    strategies: [{ name: 'erc20-balance-of', params: { address: token, decimals: 18, symbol: 'TOK' } }],
    moderators: [Chloe.address],
    ...more,
  })
const proposalOf = (space: string, more: object = {}) => ({
  space,
  type: 'single-choice',
  title: 'Which?',
  body: 'One of these.',
  discussion: 'https://forum.example/1',
  choices: ['A', 'B', 'C'],
  start: now() - 1,
  end: now() + 3600,
  snapshot: block,
  plugins: '{}',
  app: 'client',
  ...more,
})
const query = (document: object) => utils.subgraphRequest(`${url}/graphql`, document)

describe('Client712', () => {
  const space = 'client-space'
  let proposal: Accepted

  test('space: creates one, whatever path the client was given', async () => {
    const accepted = await send('space', Ada, { space, settings: settingsOf() }, '/api/msg')
    expect(accepted).toMatchObject({
      id: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      ipfs: expect.stringMatching(/^bafkrei/),
      relayer: { address: expect.stringMatching(/^0x/), receipt: expect.stringMatching(/^0x[0-9a-f]{130}$/) },
    })
  })

  test('proposal: creates one', async () => {
    proposal = await send('proposal', Ada, proposalOf(space))
    expect((await query({ proposal: { __args: { id: proposal.id }, title: true } })).proposal).toEqual({
      title: 'Which?',
    })
  })

  test.each([
    ['single-choice', 2, 2],
    ['basic', 1, 1],
    ['approval', [1, 3], [1, 3]],
    ['ranked-choice', [3, 1, 2], [3, 1, 2]],
    ['weighted', { 1: 1, 3: 3 }, { 1: 1, 3: 3 }],
    ['quadratic', { 2: 1 }, { 2: 1 }],
  ])('vote: %s', async (type, choice, kept) => {
    const { id } = await send('proposal', Ada, proposalOf(space, { type, title: `Of ${type}` }))
    const vote = { space, proposal: id, type, choice, reason: 'because', app: 'client', metadata: '{"a":1}' }
    const accepted = await send('vote', Ben, vote)
    const fields = { id: true, voter: true, choice: true, reason: true, app: true, metadata: true, vp: true }
    const { votes } = await query({ votes: { __args: { where: { proposal: id } }, ...fields } })
    expect(votes).toEqual([
      {
        id: accepted.id,
        voter: Ben.address,
        choice: kept,
        reason: 'because',
        app: 'client',
        metadata: { a: 1 },
        vp: 30,
      },
    ])
  })

  test('vote: copeland is signed as one number by this client, and refused as on Snapshot', async () => {
    const { id } = await send('proposal', Ada, proposalOf(space, { type: 'copeland', title: 'Of copeland' }))
    const vote = { space, proposal: id, type: 'copeland', choice: [1, 2, 3] }
    await expect(send('vote', Ben, vote)).rejects.toBeDefined()
  })

  test('updateProposal and cancelProposal', async () => {
    const pending = { start: now() + 1000, end: now() + 2000 }
    const { id } = await send('proposal', Ada, proposalOf(space, pending))
    const { start: _start, end: _end, snapshot: _block, app: _app, ...text } = proposalOf(space)
    await send('updateProposal', Ada, { ...text, proposal: id, title: 'Better', labels: [] })
    const read = () => query({ proposal: { __args: { id }, title: true, updated: true } })
    expect((await read()).proposal).toMatchObject({ title: 'Better', updated: expect.any(Number) })
    await send('cancelProposal', Ada, { space, proposal: id })
    expect((await read()).proposal).toBeNull()
  })

  test('flagProposal', async () => {
    const { id } = await send('proposal', Ada, proposalOf(space, { title: 'Spam' }))
    await send('flagProposal', Chloe, { space, proposal: id })
    const flagged = { __args: { where: { id, flagged: true } }, id: true, flagCode: true }
    expect((await query({ proposals: flagged })).proposals).toEqual([{ id, flagCode: 1 }])
  })

  test('follow, unfollow, subscribe, unsubscribe', async () => {
    const followers = async () => {
      const { follows } = await query({ follows: { __args: { where: { space } }, follower: true } })
      return follows
    }
    await send('follow', Ben, { space, network: 's' })
    expect(await followers()).toEqual([{ follower: Ben.address }])
    await send('unfollow', Ben, { space, network: 's' })
    expect(await followers()).toEqual([])
    await send('subscribe', Ben, { space })
    const { subscriptions } = await query({
      subscriptions: {
        __args: { where: { address: Ben.address.toLowerCase() } },
        address: true,
        space: { id: true },
      },
    })
    expect(subscriptions).toEqual([{ address: Ben.address, space: { id: space } }])
    await send('unsubscribe', Ben, { space })
  })

  test('profile and statement', async () => {
    await send('profile', Ben, { profile: JSON.stringify({ name: 'Ben', about: 'B.', twitter: 'ben' }) })
    const { user } = await query({
      user: { __args: { id: Ben.address }, name: true, twitter: true, votesCount: true },
    })
    expect(user).toEqual({ name: 'Ben', twitter: 'ben', votesCount: expect.any(Number) })
    await send('statement', Ben, {
      space,
      about: 'Delegate',
      statement: 'I read everything.',
      discourse: 'ben',
      status: 'ACTIVE',
      network: 's',
    })
    const { statements } = await query({
      statements: { __args: { where: { space } }, delegate: true, statement: true, status: true },
    })
    expect(statements).toEqual([{ delegate: Ben.address, statement: 'I read everything.', status: 'ACTIVE' }])
  })

  test('alias: a key signs for its principal', async () => {
    const alias = privateKeyToAccount(generatePrivateKey())
    const vote = { space, proposal: proposal.id, type: 'single-choice', choice: 1, from: Ada.address }
    await expect(send('vote', alias, vote)).rejects.toEqual({
      error: 'client_error',
      error_description: 'wrong alias',
    })
    await send('alias', Ada, { alias: alias.address })
    await send('vote', alias, vote)
    const { votes } = await query({
      votes: { __args: { where: { proposal: proposal.id } }, voter: true, vp: true },
    })
    expect(votes).toEqual([{ voter: Ada.address, vp: 50 }])
    const { aliases } = await query({ aliases: { __args: { where: { address: Ada.address } }, alias: true } })
    expect(aliases).toEqual([{ alias: alias.address }])
  })

  test('deleteSpace: its id is never free again', async () => {
    await send('space', Dan, { space: 'short-lived', settings: settingsOf({ name: 'Short' }) })
    await send('deleteSpace', Dan, { space: 'short-lived' })
    expect((await query({ space: { __args: { id: 'short-lived' }, id: true } })).space).toBeNull()
    const again = send('space', Dan, { space: 'short-lived', settings: settingsOf() })
    await expect(again).rejects.toMatchObject({ error_description: 'space deleted, contact admin' })
  })

  test('a refusal rejects with Snapshot’s body', async () => {
    const vote = { space, proposal: proposal.id, type: 'single-choice', choice: 4 }
    await expect(send('vote', Ben, vote)).rejects.toEqual({
      error: 'client_error',
      error_description: 'invalid choice',
    })
    await expect(send('vote', Dan, { ...vote, choice: 1 })).rejects.toMatchObject({
      error_description: 'no voting power',
    })
  })

  test('an unsigned message goes to the relayer, which says what is wrong with it', async () => {
    const client = new Client712(url, { relayerURL: `${url}/api/relayer` })
    const message = { space, proposal: proposal.id, type: 'single-choice', choice: 1 }
    const relayed = client.vote(
      walletOf(Ben, () => '0x'),
      Ben.address,
      message as never,
    )
    await expect(relayed).rejects.toMatchObject({ error: expect.any(String) })
  })
})

describe('the score functions', () => {
  const strategies = () => [
    { name: 'erc20-balance-of', network: NETWORK, params: { address: token, decimals: 18, symbol: 'TOK' } },
    { name: 'ticket', network: NETWORK, params: { value: 2 } },
  ]

  test('getScores, at any path, with a key', async () => {
    const addresses = [Ada.address, Dan.address]
    const scores = await utils.getScores(
      'client-space',
      strategies(),
      NETWORK,
      addresses,
      block,
      `${url}/any/path?apiKey=secret`,
    )
    expect(scores).toEqual([{ [Ada.address]: 50 }, { [Ada.address]: 2, [Dan.address]: 2 }])
    const all = await utils.getScores('s', strategies(), NETWORK, addresses, 'latest', url, {
      returnValue: 'all',
    })
    expect(all).toEqual({ state: 'pending', scores })
  })

  test('getVp', async () => {
    const vp = await utils.getVp(Ben.address, NETWORK, strategies(), block, 'client-space', false, { url })
    expect(vp).toEqual({
      vp: 32,
      vp_by_strategy: [30, 2],
      vp_state: expect.stringMatching(/^(final|pending)$/),
    })
  })

  test('validate', async () => {
    const ask = (author: string, minScore: number) =>
      utils.validate(
        'basic',
        author,
        'client-space',
        NETWORK,
        block,
        { minScore, strategies: strategies().slice(0, 1) },
        { url },
      )
    expect(await Promise.all([ask(Ada.address, 40), ask(Ben.address, 40), ask(Dan.address, 0)])).toEqual([
      true,
      false,
      true,
    ])
    expect(await utils.validate('any', Dan.address, 's', NETWORK, 'latest', {}, { url })).toBe(true)
  })

  test('reject with the error that Snapshot’s server gives', async () => {
    const unknown = [{ name: 'no-such-thing', network: NETWORK, params: {} }]
    const asked = utils.getVp(Ben.address, NETWORK, unknown, block, 'client-space', false, { url })
    await expect(asked).rejects.toMatchObject({ code: 400, data: 'invalid strategies: no-such-thing' })
    const none = utils.getScores('s', [], NETWORK, [Ada.address], block, url)
    await expect(none).rejects.toMatchObject({ code: 400, data: 'invalid strategies length' })
  })
})

describe('subgraphRequest', () => {
  const space = 'client-space'

  test('what a page of a space asks', async () => {
    const { space: found } = await query({
      space: {
        __args: { id: space },
        id: true,
        name: true,
        network: true,
        symbol: true,
        strategies: { name: true, network: true, params: true },
        admins: true,
        moderators: true,
        filters: { minScore: true, onlyMembers: true },
        voting: { delay: true, period: true, type: true, quorum: true, quorumType: true, privacy: true },
        validation: { name: true, params: true },
        voteValidation: { name: true, params: true },
        treasuries: { name: true },
        followersCount: true,
        proposalsCount: true,
        verified: true,
        turbo: true,
        parent: { id: true },
        children: { id: true },
      },
    })
    expect(found).toMatchObject({
      id: space,
      name: 'Client space',
      network: NETWORK,
      strategies: [{ name: 'erc20-balance-of', network: NETWORK }],
      moderators: [Chloe.address],
      voting: { delay: null, period: null, type: null, quorum: null, quorumType: 'default', privacy: '' },
      validation: { name: 'any' },
      voteValidation: { name: 'any', params: {} },
      verified: false,
      parent: null,
      children: [],
    })
  })

  test('what a list of proposals and its votes asks', async () => {
    const { proposals } = await query({
      proposals: {
        __args: { first: 50, skip: 0, where: { space_in: [space], state: 'active' }, orderBy: 'created' },
        id: true,
        ipfs: true,
        author: true,
        state: true,
        type: true,
        snapshot: true,
        scores: true,
        scores_by_strategy: true,
        scores_total: true,
        scores_state: true,
        votes: true,
        link: true,
        strategies: { name: true },
        space: { id: true, name: true },
      },
    })
    const single = proposals.find((proposal: { type: string; votes: number }) => proposal.votes > 0)
    expect(single).toMatchObject({
      author: Ada.address,
      state: 'active',
      snapshot: block,
      scores_state: 'pending',
      space: { id: space, name: 'Client space' },
    })
    const votes = { __args: { first: 1000, where: { space, vp_gt: 1 } }, voter: true, proposal: { id: true } }
    const found = (await query({ votes })).votes
    expect(found.length).toBeGreaterThan(5)
  })

  test('the feed that replicas and bots follow', async () => {
    const messages = async (mci: number) => {
      const args = `first: 3, where: {mci_gt: ${mci}}, orderBy: "mci", orderDirection: asc`
      const response = await fetch(`${url}/hub/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `{messages(${args}){mci id ipfs address type timestamp sig receipt}}`,
        }),
      })
      return ((await response.json()) as { data: { messages: { mci: number; id: string; type: string }[] } })
        .data.messages
    }
    const ids: string[] = []
    for (let mci = 0; ; ) {
      const page = await messages(mci)
      const last = page.at(-1)
      if (!last) break
      ids.push(...page.map(({ id }) => id))
      mci = last.mci
    }
    const rows = await ctx.db.prisma.message.findMany({ orderBy: { logIndex: 'asc' }, select: { id: true } })
    expect(ids).toEqual(rows.map(({ id }) => id))
  })

  test('vp, roles and options', async () => {
    const { vp } = await query({
      vp: { __args: { voter: Ben.address, space }, vp: true, vp_by_strategy: true },
    })
    expect(vp).toEqual({ vp: 30, vp_by_strategy: [30] })
    const { roles } = await query({
      roles: { __args: { where: { address: Chloe.address } }, space: true, permissions: true },
    })
    expect(roles).toEqual([{ space, permissions: ['moderator'] }])
    const { options } = await query({ options: { name: true, value: true } })
    expect(options).toContainEqual({
      name: 'space.default.choices_limit',
      value: expect.stringMatching(/^\d+$/),
    })
  })

  test('an error rejects', async () => {
    await expect(query({ votes: { __args: { first: 1001 }, id: true } })).rejects.toThrow(
      'The `first` argument must not be greater than 1000',
    )
  })
})
