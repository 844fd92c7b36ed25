import { createHash } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519'
import { encodeFunctionData, erc20Abi, getAddress, hexToBytes, parseEther } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCheckpoint } from '../core/log/checkpoint'
import { buildPlugins } from '../core/settlement/plugins'
import type { AcceptedView, HealthView, InstallationView, PageOf } from '../core/views/installation-view'
import type { PowerView, ProposalSummary, ProposalView, VoteView } from '../core/views/proposal-view'
import type { SettlementView } from '../core/views/settlement-view'
import type { SpaceSummary, SpaceView } from '../core/views/space-view'
import type { TreasuryView } from '../core/views/treasury-view'
import { unixSeconds } from '../platform/clock'
import type { Context } from '../services/context'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { createTestContext, type TestContext } from '../testing/context'
import { signProposal, signSettings, signVote } from '../testing/factories'

/** A way to reach the API. */
export interface Mount {
  /** Answers as the server under test would; `path` starts with a slash. */
  request(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

const { Ada, Ben, Chloe, Dan, Eve } = accounts
const safe = getAddress(`0x${'5afe'.repeat(10)}`)

/** What the API promises, whatever it is mounted on. */
export function describeApi(name: string, open: (ctx: Context) => Promise<Mount>): void {
  describe(name, () => {
    let chain: TestChain
    let ctx: TestContext
    let mount: Mount
    let token: `0x${string}`
    let snapshot: number

    const now = () => unixSeconds(ctx.clock)
    const get = async <Body>(path: string, status = 200): Promise<Body> => {
      const response = await mount.request(path)
      const body = await response.json()
      expect({ status: response.status, body }).toMatchObject({ status })
      return body as Body
    }
    const post = async <Body>(path: string, body: unknown, status = 200): Promise<Body> => {
      const response = await mount.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const answer = await response.json()
      expect({ status: response.status, answer }).toMatchObject({ status })
      return answer as Body
    }
    /** A list from its first page to its last. */
    const collect = async <Item>(path: string, query: Record<string, string>): Promise<Item[]> => {
      const items: Item[] = []
      let after: string | null = null
      do {
        const search: string = new URLSearchParams({ ...query, ...(after && { after }) }).toString()
        const page: PageOf<Item> = await get(`${path}?${search}`)
        items.push(...page.items)
        after = page.next
      } while (after !== null)
      return items
    }
    const refusal = (text: string) => ({ error: 'client_error', error_description: text })
    const propose = async (title: string, fields: Partial<Parameters<typeof signProposal>[1]> = {}) =>
      (
        await post<AcceptedView>(
          '/',
          await signProposal(Ada, { timestamp: now(), title, snapshot, ...fields }),
        )
      ).id

    beforeAll(async () => {
      chain = await startTestChain()
      token = await chain.deploy(mockTokenAbi, mockTokenBytecode, [18])
      for (const [holder, amount] of [
        [Ada, '50'],
        [Ben, '30'],
        [Chloe, '30'],
        [Dan, '10'],
      ] as const) {
        const args = [holder.address, parseEther(amount)] as const
        await chain.confirm(
          chain
            .wallet('Hugo')
            .writeContract({ address: token, abi: mockTokenAbi, functionName: 'mint', args }),
        )
      }
      await chain.mine(5)
      snapshot = Number(await chain.client.getBlockNumber()) - 3
      ctx = await createTestContext({ rpcUrls: { 31337: chain.rpcUrl }, variables: { COMITIA_DEMO: '1' } })
      mount = await open(ctx)
      const settings = {
        strategies: [{ name: 'erc20-balance-of', params: { address: token } }],
        voting: { quorum: 60 },
        treasuries: [{ name: 'Main', address: safe, network: '31337' }],
      }
      await post('/', await signSettings(Ada, { timestamp: now(), settings }))
    })
    afterAll(async () => {
      await mount?.close()
      await ctx?.close()
      await chain?.stop()
    })

    describe('messages', () => {
      test('an envelope is accepted at / and at /api/msg with what Snapshot answers and our receipt', async () => {
        const proposal = await propose('Two doors')
        const first = await post<AcceptedView>('/', await signVote(Ada, { timestamp: now(), proposal }))
        const second = await post<AcceptedView>(
          '/api/msg',
          await signVote(Ben, { timestamp: now(), proposal }),
        )
        for (const answer of [first, second]) {
          expect(answer.id).toMatch(/^0x[0-9a-f]{64}$/)
          expect(answer.ipfs).toMatch(/^bafkrei/)
          expect(answer.relayer.receipt).toMatch(/^0x[0-9a-f]{130}$/)
          expect(answer.receipt.messageId).toBe(answer.id)
          expect(answer.power).toMatchObject({ state: 'counted' })
        }
        expect(BigInt(second.receipt.logIndex) - BigInt(first.receipt.logIndex)).toBe(1n)
      })

      test.each(['/', '/api/msg'])('refuses at %s what is no envelope, in Snapshot’s words', async (path) => {
        expect(await post(path, '{"address":', 400)).toEqual(refusal('wrong envelope format'))
        expect(await post(path, '', 400)).toEqual(refusal('wrong envelope format'))
        expect(await post(path, { address: Ada.address }, 400)).toEqual(refusal('wrong envelope format'))
        const large = { ...(await signVote(Ada, { timestamp: now(), proposal: `0x${'00'.repeat(32)}` })) }
        expect(await post(path, { ...large, sig: `0x${'00'.repeat(60_000)}` }, 400)).toEqual(
          refusal('too large message'),
        )
        expect(await post(path, `"${'a'.repeat(5_000_000)}"`, 400)).toEqual(refusal('too large message'))
      })

      test('the same message twice is one message', async () => {
        const proposal = await propose('Twice')
        const envelope = await signVote(Ada, { timestamp: now(), proposal })
        await post('/', envelope)
        expect(await post('/', envelope, 400)).toEqual(refusal('duplicate message'))
        expect((await get<ProposalView>(`/api/v1/proposals/${proposal}`)).votes).toBe(1)
      })

      test('its canonical text is served under its content id, for ever', async () => {
        const answer = await post<AcceptedView>(
          '/',
          await signVote(Ada, { timestamp: now(), proposal: await propose('Content') }),
        )
        const response = await mount.request(`/api/ipfs/${answer.ipfs}`)
        const text = await response.text()
        expect(response.headers.get('cache-control')).toContain('immutable')
        expect(JSON.parse(text)).toMatchObject({ address: Ada.address, hash: answer.id })
        const row = await ctx.db.prisma.message.findUniqueOrThrow({ where: { id: answer.id } })
        expect(createHash('sha256').update(text).digest('hex')).toBe(
          Buffer.from(row.envelopeHash).toString('hex'),
        )
        await get(`/api/ipfs/bafkrei${'a'.repeat(52)}`, 404)
        await get('/api/ipfs/..%2f..%2fetc', 404)
      })

      test('says who it is', async () => {
        const operator = (await get<InstallationView>('/api/v1/installation')).operator
        expect(await get('/api')).toMatchObject({ name: 'comitia', relayer: operator })
      })
    })

    describe('every answer', () => {
      test('may be read by pages of any origin', async () => {
        const preflight = await mount.request('/', {
          method: 'OPTIONS',
          headers: {
            origin: 'https://elsewhere.example',
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        })
        expect(preflight.status).toBe(204)
        expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
        expect(preflight.headers.get('access-control-max-age')).toBe('86400')
        expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type')
        const headers = { origin: 'https://elsewhere.example' }
        for (const [path, init] of [
          ['/api/v1/spaces', { headers }],
          ['/api/v1/nothing', { headers }],
          ['/', { headers, method: 'POST', body: '{' }],
        ] as const) {
          const answer = await mount.request(path, init)
          expect(answer.headers.get('access-control-allow-origin')).toBe('*')
        }
      })

      test('is not sniffed, names its request, and is not kept when it may change', async () => {
        for (const path of ['/api/v1/spaces', '/api/v1/nothing', '/api/health']) {
          const { headers } = await mount.request(path)
          expect(headers.get('x-content-type-options')).toBe('nosniff')
          expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
          expect(headers.get('cache-control')).toBe('no-store')
        }
      })

      test('is JSON also where there is nothing', async () => {
        expect(await get('/api/v1/nothing', 404)).toEqual(refusal('There is nothing at GET /api/v1/nothing.'))
        expect(await get('/api/v1/spaces/nowhere', 404)).toEqual(refusal('There is no space "nowhere".'))
        await get(`/api/v1/proposals/0x${'00'.repeat(32)}`, 404)
        await get(`/api/v1/proposals/0x${'00'.repeat(32)}/votes`, 404)
      })

      test('names the field of a bad request', async () => {
        const proposal = await propose('Bad requests')
        const sentences: string[] = []
        for (const path of [
          '/api/v1/spaces?first=0',
          '/api/v1/spaces?first=many',
          '/api/v1/spaces?after=garbage',
          '/api/v1/spaces/test/proposals?state=open',
          '/api/v1/spaces/test/proposals?voter=0x12',
          '/api/v1/proposals/12',
          `/api/v1/proposals/${proposal}/votes?order=age`,
          `/api/v1/proposals/${proposal}/votes?search=ada`,
          `/api/v1/proposals/${proposal}/power/nobody`,
          // A cursor of another list.
          `/api/v1/proposals/${proposal}/votes?after=${Buffer.from('{"rank":1}').toString('base64url')}`,
        ]) {
          sentences.push((await get<{ error_description: string }>(path, 400)).error_description)
        }
        expect(sentences).toMatchSnapshot()
      })

      test('is a sentence whatever a path or a cursor holds', async () => {
        const proposal = await propose('Hostile cursors')
        const cursor = (place: object) => Buffer.from(JSON.stringify(place)).toString('base64url')
        const logIndex = '9'.repeat(30)
        for (const path of [
          `/api/v1/proposals/${proposal}/votes?after=${cursor({ power: '1', logIndex })}`,
          `/api/v1/proposals/${proposal}/votes?order=new&after=${cursor({ logIndex })}`,
          `/api/v1/spaces/test/proposals?after=${cursor({ now: 1, rank: 0, logIndex })}`,
          `/api/v1/spaces?after=${cursor({ activeAt: '0000-01-01T00:00:00Z', id: 'a' })}`,
          `/api/v1/spaces?after=${cursor({ activeAt: '2026-01-01T00:00:00Z', id: 'a\0' })}`,
          `/api/v1/spaces?after=${cursor({ activeAt: '2026-01-01T00:00:00Z', id: '\ud800' })}`,
        ]) {
          expect(await get(path, 400)).toEqual(
            refusal('after: this is not a cursor from an earlier page of the same list'),
          )
        }
        await get('/api/v1/spaces/%00', 404)
        await get('/api/v1/spaces/a%00/proposals', 404)
        await get('/api/ipfs/%00', 404)
        await get('/api/v1/spaces/%ff', 404)
        await get('/api/v1/spaces?search=%ff%00')
      })

      test('a sequencer’s paths need no /api', async () => {
        expect(await get(`/scores/0x${'12'.repeat(32)}`)).toEqual({ result: false })
        expect(await get('/spaces/demo/poke')).toEqual({ error: 'unable to resolve space uri' })
      })

      test('the path of a rewrite cannot be given from outside', async () => {
        const response = await mount.request('/api/v1/spaces', {
          headers: { 'x-comitia-path': '/api/health' },
        })
        expect(Object.keys((await response.json()) as object)).toEqual(['items', 'next', 'total'])
      })
    })

    describe('spaces', () => {
      test('are found by name and paged by activity, each once', async () => {
        for (const index of [1, 2, 3]) {
          const settings = { name: `Paged ${index}` }
          await post('/', await signSettings(Ben, { space: `paged-${index}`, timestamp: now(), settings }))
        }
        const seen = await collect<SpaceSummary>('/api/v1/spaces', { search: 'paged', first: '2' })
        expect(seen.map(({ id }) => id)).toEqual(['paged-3', 'paged-2', 'paged-1'])
        expect((await get<PageOf<SpaceSummary>>('/api/v1/spaces?search=paged&first=1')).total).toBe(3)
        expect((await get<PageOf<SpaceSummary>>('/api/v1/spaces?search=50%25')).items).toEqual([])
        for (const search of ['%25', '_', '%5C', 'paged%25', 'p_ged'])
          expect((await get<PageOf<SpaceSummary>>(`/api/v1/spaces?search=${search}`)).items).toEqual([])
      })

      test('show their settings, strategies and who changed what', async () => {
        const settings = { about: 'first words' }
        await post('/', await signSettings(Ben, { space: 'history', timestamp: now() - 10, settings }))
        const later = { about: 'second words', symbol: 'VOTES' }
        await post('/', await signSettings(Ben, { space: 'history', timestamp: now(), settings: later }))
        const space = await get<SpaceView>('/api/v1/spaces/HISTORY')
        expect(space).toMatchObject({ id: 'history', about: 'second words', controller: Ben.address })
        expect(space.strategies[0]).toMatchObject({ id: 'ticket', version: 1, chainId: 31337 })
        expect(space.history.map(({ changed }) => changed.toSorted())).toEqual([
          ['about', 'symbol'],
          ['about', 'name', 'network', 'strategies', 'symbol'],
        ])
      })

      test('tell who can move their treasuries', async () => {
        const { treasuries } = await get<TreasuryView>('/api/v1/spaces/TEST/treasury')
        expect(treasuries).toMatchObject([{ name: 'Main', chainId: 31337, address: safe, owners: [] }])
        await get('/api/v1/spaces/nowhere/treasury', 404)
      })

      test('give the newest block and the power there', async () => {
        const readBlock = () => get<{ number: number; earlier: number }>('/api/v1/spaces/test/block')
        const block = await readBlock()
        expect(block.number).toBe(Number(await chain.client.getBlockNumber()))
        expect(block.earlier).toBe(block.number - 1)
        // Two more in the second of the newest.
        await chain.client.mine({ blocks: 2, interval: 0 })
        const [newest, twin] = await Promise.all(
          [0n, 1n].map((back) => chain.client.getBlock({ blockNumber: BigInt(block.number) + 2n - back })),
        )
        expect(newest?.timestamp).toBe(twin?.timestamp)
        const { earlier } = await readBlock()
        const { timestamp } = await chain.client.getBlock({ blockNumber: BigInt(earlier) })
        expect(timestamp).toBeLessThan(newest?.timestamp ?? 0n)
        const after = await chain.client.getBlock({ blockNumber: BigInt(earlier) + 1n })
        expect(after.timestamp).toBe(newest?.timestamp)
        const power = await get<PowerView>(`/api/v1/spaces/test/power/${Ada.address.toLowerCase()}`)
        expect(power).toMatchObject({
          voter: Ada.address,
          state: 'known',
          total: parseEther('50').toString(),
        })
      })
    })

    describe('proposals', () => {
      test('come active first, then pending, then newest, on as many pages as one likes', async () => {
        await post('/', await signSettings(Ada, { space: 'ordered', timestamp: now() }))
        const at = (title: string, start: number, end: number) =>
          propose(title, { space: 'ordered', start: now() + start, end: now() + end })
        const over = await at('over', -3, 900)
        const pending = await at('pending', 500, 900)
        const older = await at('older', -1, 900)
        const newer = await at('newer', -1, 900)
        await ctx.db.query('update proposals set "end" = $2 where id = $1', [over, now() - 1])
        const seen = await collect<ProposalSummary>('/api/v1/spaces/ordered/proposals', { first: '1' })
        expect(seen.map(({ id }) => id)).toEqual([newer, older, pending, over])

        const states = await get<PageOf<ProposalSummary>>('/api/v1/spaces/ordered/proposals')
        expect(states.items.map(({ state }) => state)).toEqual(['active', 'active', 'pending', 'closing'])
        const active = await get<PageOf<ProposalSummary>>('/api/v1/spaces/ordered/proposals?state=active')
        expect(active.items.map(({ id }) => id)).toEqual([newer, older])
        const found = await get<PageOf<ProposalSummary>>('/api/v1/spaces/ordered/proposals?search=EWE')
        expect(found.items.map(({ id }) => id)).toEqual([newer])
      })

      test('show the running result, the rule in words and the asker’s own vote', async () => {
        const proposal = await propose('Running')
        await post('/', await signVote(Ada, { timestamp: now(), proposal, choice: 1 }))
        await post('/', await signVote(Dan, { timestamp: now(), proposal, choice: 2, reason: 'no' }))
        const view = await get<ProposalView>(`/api/v1/proposals/${proposal}?voter=${Dan.address}`)
        expect(view).toMatchObject({
          state: 'active',
          votes: 2,
          scores: [parseEther('50'), parseEther('10'), 0n].map(String),
          quorum: { required: parseEther('60').toString(), met: true },
          ownVote: { choice: 2, choiceText: 'Against', power: parseEther('10').toString(), reason: 'no' },
          outcome: null,
          execution: null,
        })
        expect(view.rule.text).toBe('Passes if For > Against and For + Against + Abstain ≥ 60 VOTE.')
        expect(view.snapshot.block).toBe(String(snapshot))
        const list = await get<PageOf<ProposalSummary>>(
          `/api/v1/spaces/test/proposals?voter=${Dan.address}&search=Running`,
        )
        expect(list.items[0]?.ownVote?.choice).toBe(2)
      })

      test('tell a voter’s power at the snapshot, and why there is none', async () => {
        const proposal = await propose('Power')
        const power = await get<PowerView>(`/api/v1/proposals/${proposal}/power/${Ben.address}`)
        expect(power).toMatchObject({ state: 'known', total: parseEther('30').toString(), whyZero: null })
        expect(power.block.number).toBe(String(snapshot))
        const none = await get<PowerView>(`/api/v1/proposals/${proposal}/power/${Eve.address}`)
        expect(none.total).toBe('0')
        expect(none.whyZero).toContain('You held no')
      })
    })

    describe('ballots', () => {
      test('come by power, the earlier first among equals, or newest first, each once', async () => {
        const proposal = await propose('Ballots')
        for (const [voter, choice] of [
          [Dan, 1],
          [Ben, 2],
          [Ada, 1],
          [Chloe, 1],
        ] as const) {
          await post('/', await signVote(voter, { timestamp: now(), proposal, choice }))
        }
        const voters = async (query: Record<string, string>) => {
          const votes = await collect<VoteView>(`/api/v1/proposals/${proposal}/votes`, {
            first: '1',
            ...query,
          })
          return votes.map(
            ({ voter }) => Object.entries(accounts).find(([, { address }]) => address === voter)?.[0],
          )
        }
        expect(await voters({})).toEqual(['Ada', 'Ben', 'Chloe', 'Dan'])
        expect(await voters({ order: 'new' })).toEqual(['Chloe', 'Ada', 'Ben', 'Dan'])
        expect(await voters({ choice: '1' })).toEqual(['Ada', 'Chloe', 'Dan'])
        expect(await voters({ search: Ben.address.slice(0, 8).toLowerCase() })).toEqual(['Ben'])
      })
    })

    describe('executions', () => {
      const batch = (calls: unknown) => ({ chainId: 31337, safe, calls })
      const transfer = (to: `0x${string}`) => ({
        to: token,
        value: '0',
        data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, parseEther('5')] }),
      })

      test('are stored by content and shown in words, with warnings', async () => {
        const calls = [{ to: Ben.address, value: '1500000000000000000', data: '0x' }, transfer(token)]
        const { hash } = await post<{ hash: `0x${string}` }>('/api/executions', batch(calls))
        expect(await post('/api/executions', { ...batch(calls), chainId: '31337' })).toEqual({ hash })
        const stored = await get<{ calls: ProposalView['execution'] }>(`/api/executions/${hash}`)
        expect(stored.calls).toMatchObject([
          { kind: 'send-native', summary: `Send 1.5 ETH to ${Ben.address}`, warnings: [] },
          {
            kind: 'send-erc20',
            warnings: ['The recipient is the token contract itself: tokens sent there are usually lost.'],
          },
        ])
        await get(`/api/executions/0x${'00'.repeat(32)}`, 404)
      })

      test('are refused with the call and the field', async () => {
        const bad = [{ to: Ben.address, value: '1.5', data: '0x' }]
        expect(await post('/api/executions', batch(bad), 400)).toEqual(
          refusal('call 1: value is not an amount of wei in decimal digits'),
        )
        expect(await post('/api/executions', batch([]), 400)).toEqual(
          refusal('the batch is empty: there is nothing to execute'),
        )
        const good = { chainId: 31337, calls: [transfer(Ben.address)] }
        for (const accounts of [{}, { safe, module: token }]) {
          expect(await post('/api/executions', { ...good, ...accounts }, 400)).toEqual(
            refusal('either safe or module must name the account that the batch is for'),
          )
        }
        expect(await post('/api/executions', { ...good, module: getAddress(token) }, 400)).toEqual(
          refusal(`The contract at ${getAddress(token)} on chain 31337 is not a tally module.`),
        )
        expect(await post('/api/executions', { ...batch(bad), chainId: 5 }, 400)).toEqual(
          refusal('Chain 5 is not served by this installation.'),
        )
      })

      test('belong to a proposal that names them, and wait for its end', async () => {
        const { hash } = await post<{ hash: `0x${string}` }>(
          '/api/executions',
          batch([transfer(Ben.address)]),
        )
        const plugins = buildPlugins({ chainId: 31337, safe, executionHash: hash })
        const proposal = await propose('Pay Ben', { plugins })
        const view = await get<ProposalView>(`/api/v1/proposals/${proposal}`)
        expect(view).toMatchObject({
          hasExecution: true,
          settlementState: 'waiting',
          execution: { executor: 'safe-signers', hash, safe, safeName: 'Main' },
        })
        const settlement = await get<SettlementView>(`/api/v1/proposals/${proposal}/settlement`)
        expect(settlement).toMatchObject({ state: 'waiting', safe: null })
        const signature = `0x${'00'.repeat(65)}`
        const confirmation = { owner: Ada.address, signature, safeTxHash: hash }
        expect(await post(`/api/v1/proposals/${proposal}/confirmations`, confirmation, 409)).toEqual(
          refusal('There is nothing to confirm for this proposal now.'),
        )
        const plain = await propose('Pay nobody')
        expect(await get(`/api/v1/proposals/${plain}/settlement`, 404)).toEqual(
          refusal('This proposal asks for no execution.'),
        )
      })
    })

    describe('the installation', () => {
      test('health says what is up: everything but a worker here', async () => {
        expect(await get<HealthView>('/api/health')).toMatchObject({
          status: 'degraded',
          database: { ok: true },
          chains: [{ chainId: 31337, ok: true }],
          worker: { ok: false, seenAt: null },
        })
      })

      test('the checkpoint is signed and of the log’s present size', async () => {
        const note = await (await mount.request('/log/checkpoint')).text()
        const key = ed25519.getPublicKey(hexToBytes(ctx.keys.logKey))
        const checkpoint = openCheckpoint(note, 'localhost:3000/log', key)
        const { log } = await get<HealthView>('/api/health')
        expect(String(checkpoint.size)).toBe(log?.size)
        expect(`0x${Buffer.from(checkpoint.root).toString('hex')}`).toBe(log?.root)
      })

      test('the demo’s chain takes reads and signed transactions, nothing that bends it', async () => {
        const call = (method: string) => ({ jsonrpc: '2.0', id: 1, method, params: [] })
        expect(await post('/api/demo/rpc', call('eth_chainId'))).toMatchObject({ id: 1, result: '0x7a69' })
        expect(await post('/api/demo/rpc', [call('eth_chainId'), call('evm_mine')])).toMatchObject([
          { result: '0x7a69' },
          { error: { code: -32601 } },
        ])
        for (const method of [
          'anvil_setBalance',
          'evm_increaseTime',
          'eth_sendTransaction',
          'eth_sign',
          'debug_x',
        ]) {
          expect(await post('/api/demo/rpc', call(method))).toMatchObject({ error: { code: -32601 } })
        }
      })
    })
  })
}
