import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { createChains } from '../../chain/chains'
import { latestDefinition } from '../../core/messages/definitions'
import { SNAPSHOT_DOMAIN } from '../../core/messages/resolve-message'
import { toDouble } from '../../core/tally/fixed-point'
import type { HexString } from '../../core/views/hex-string'
import { getVotingSystem, votingSystems } from '../../core/voting/registry'
import type { Choice } from '../../core/voting/voting-system'
import { accounts } from '../../testing/accounts'
import { type SignedEnvelope, signMessage, signProposal, signUpdate, signVote } from '../../testing/factories'
import { startRpcServer } from '../../testing/rpc-server'
import { auditProposal, type HubAudit } from './audit-proposal'
import { type HubServer, messageRow, proposalRow, startHubServer, voteRow } from './hub-server.suite'
import { powersOf, recountRows } from './recount-rows'
import { openHub } from './remote-hub'
import { createTransport } from './transport'

const { Ada, Ben, Chloe, Dan, Eve } = accounts
const now = 1_800_000_000
const start = now - 5000
const choices = ['For', 'Against', 'Abstain']

let hub: HubServer
let proposal: HexString
let cast: SignedEnvelope[]

beforeAll(async () => {
  hub = await startHubServer()
})
afterAll(() => hub.stop())
beforeEach(async () => {
  hub.tamper = undefined
  hub.intervene = undefined
  await fill('basic', [
    [Ada, 1, 3],
    [Ben, 2, 0.1],
    [Chloe, 1, 0.2],
  ])
})

/** A closed proposal of that type, honestly counted. */
async function fill(
  type: string,
  votes: readonly (readonly [who: PrivateKeyAccount, choice: Choice, vp: number])[],
  plugins = '{}',
): Promise<SignedEnvelope> {
  const text = { type, choices, timestamp: start - 10, start, end: start + 3600, plugins }
  const signed = await signProposal(Ada, text)
  const row = proposalRow(signed)
  proposal = row.id as HexString
  const { ballot } = getVotingSystem(type)
  cast = await Promise.all(
    votes.map(([who, choice], index) =>
      signVote(who, { proposal, ballot, choice, timestamp: start + index, reason: `“${index}”`, app: 'x' }),
    ),
  )
  hub.data.messages = [signed, ...cast].map((envelope, index) => messageRow(envelope, index + 1))
  hub.data.votes = cast.map((envelope, index) => voteRow(envelope, votes[index]?.[2]))
  hub.data.proposals = [row]
  count()
  return signed
}

/** Has the hub count what it shows, as it would. */
function count(): void {
  const [row] = hub.data.proposals as [Record<string, unknown>]
  const ballots = hub.data.votes.map((vote) => ({
    choice: vote.choice,
    powerByStrategy: powersOf(vote as never, 1),
  }))
  const { result } = recountRows({ ...row, scores: [], scores_total: 0 } as never, ballots)
  row.scores = result?.scores.map(toDouble)
  row.scores_total = toDouble(result?.total ?? 0n)
  row.votes = ballots.length
}

async function audit(options: { rpc?: string; ipfs?: string } = {}): Promise<HubAudit> {
  const transport = createTransport({ pauseMs: 1 })
  const chains = options.rpc ? createChains({ urls: { 31337: [options.rpc] } }) : undefined
  return auditProposal(
    { transport, hub: await openHub(hub.url, transport), now, chains, ipfs: options.ipfs },
    proposal,
  )
}

/** Checks that did not pass, with the first problem of each. */
function problems({ checks }: HubAudit) {
  return Object.fromEntries(
    checks.flatMap(({ id, status, offenders }) =>
      status === 'passed' ? [] : [[id, `${status}: ${offenders[0]?.id} ${offenders[0]?.problem}`]],
    ),
  )
}

const change = (row: object, values: object): void => {
  Object.assign(row, values)
}
const vote = (index: number) => hub.data.votes[index] as Record<string, unknown>
const message = (index: number) => hub.data.messages[index + 1] as Record<string, unknown>

describe('an honest hub', () => {
  const samples: Record<string, readonly [Choice, Choice]> = {
    single: [1, 3],
    multiple: [[1, 2], []],
    ranked: [
      [2, 1, 3],
      [3, 1, 2],
    ],
    weighted: [{ 1: 1, 2: 3 }, { 3: 0.5 }],
  }

  test.each(votingSystems.map(({ id, ballot }) => [id, ballot] as const))(
    'has nothing wrong with it, by %s',
    async (type, ballot) => {
      const [first = 1, second = 1] = samples[ballot] ?? []
      await fill(type, [
        [Ada, first, 3],
        [Ben, second, 0.1],
        [Chloe, first, 0.2],
        [Dan, second, 1e-7],
      ])
      const found = await audit()
      expect(problems(found)).toEqual({ powers: expect.stringContaining('a node of chain 31337 can tell') })
      expect(found.ok).toBe(true)
      expect(found.forms).toEqual({ envelope: 0, rebuilt: 4, ipfs: 0, unknown: 0 })
    },
  )

  it('may have lost the text of plugins: then nobody can tell', async () => {
    const text = '{ "a" : 1 }'
    await fill('basic', [[Ada, 1, 1]], text)
    expect(problems(await audit()).proposal).toContain('open')
  })

  it('may have lost them, and they are found by their address in IPFS; only what bears the id is believed', async () => {
    const cid = `bafkrei${'a'.repeat(52)}`
    const other = await signProposal(Ada, { type: 'basic', choices, timestamp: start - 10, start })
    let pinned: unknown
    const gateway = createServer((request, response) => {
      if (request.url !== `/ipfs/${cid}`) response.writeHead(404)
      response.end(JSON.stringify(pinned))
    })
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
    const ipfs = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/ipfs/`
    const signed = await fill('basic', [[Ada, 1, 1]], '{ "a" : 1 }')
    change(hub.data.messages[0] as object, { ipfs: cid })

    pinned = other
    expect(problems(await audit({ ipfs })).proposal).toContain('open')
    pinned = { ...signed, data: { ...signed.data, message: { ...signed.data.message, title: 'Another' } } }
    expect(problems(await audit({ ipfs })).proposal).toContain('open')
    pinned = signed
    expect(problems(await audit({ ipfs }))).not.toHaveProperty('proposal')
    gateway.close()
  })

  it('is asked again when it is busy, and only so often', async () => {
    let busy = 3
    hub.intervene = (response) => {
      if (busy-- <= 0) return false
      response.writeHead(busy % 2 ? 429 : 503).end()
      return true
    }
    expect((await audit()).ok).toBe(true)
    busy = 1000
    await expect(audit()).rejects.toThrow(/answers HTTP (429|503)/)
  })

  it('is left alone for as long as it asks', async () => {
    let answeredAt = 0
    hub.intervene = (response) => {
      if (answeredAt > 0) return false
      answeredAt = performance.now()
      response.writeHead(429, { 'retry-after': '1' }).end()
      return true
    }
    expect((await audit()).ok).toBe(true)
    expect(performance.now() - answeredAt).toBeGreaterThanOrEqual(990)
  })

  it('may show more than one page of ballots in a second', async () => {
    const [first] = cast
    if (!first) throw new Error('no ballot')
    const rows = Array.from({ length: 2500 }, (_, index) => ({
      ...voteRow(first),
      id: `0x${index.toString(16).padStart(64, '0')}`,
      created: start + Math.floor(index / 2000),
    }))
    hub.data.votes = rows
    const transport = createTransport()
    const opened = await openHub(hub.url, transport)
    const seen: string[] = []
    for await (const page of opened.list('votes', { proposal }, { most: 10_000 }))
      seen.push(...page.map(({ id }) => id))
    expect(seen.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
  })
})

describe('keys that sign for others', () => {
  const key = privateKeyToAccount(`0x${'77'.repeat(32)}`)
  const link = (timestamp: number, kind: 'alias' | 'revoke-alias' = 'alias', by: PrivateKeyAccount = Ada) => {
    const { types, primaryType } = latestDefinition(kind)
    const typed = { from: Ada.address, alias: key.address, timestamp }
    return signMessage(by, { domain: SNAPSHOT_DOMAIN, types, primaryType, message: typed }).then(
      (envelope) => ({
        ...envelope,
        address: Ada.address,
      }),
    )
  }
  const voteByKey = async () => {
    const signed = await signVote(key, {
      proposal,
      from: Ada.address,
      choice: 1,
      timestamp: start,
      reason: '“0”',
      app: 'x',
    })
    hub.data.messages[1] = messageRow(signed, 2)
    hub.data.votes[0] = voteRow(signed, 3)
  }

  test.each([
    ['linked before', [() => link(start - 100)], undefined],
    ['never linked', [], 'no message of'],
    ['linked too long ago', [() => link(start - 91 * 86_400)], 'no message of'],
    ['linked by somebody else', [() => link(start - 100, 'alias', Eve)], 'no key of'],
    ['revoked before', [() => link(start - 2000), () => link(start - 1000, 'revoke-alias')], 'had revoked'],
    ['revoked after', [() => link(start - 2000), () => link(start + 1000, 'revoke-alias')], undefined],
  ])('%s', async (_, links, problem) => {
    await voteByKey()
    for (const make of links) hub.data.messages.push(messageRow(await make(), hub.data.messages.length + 1))
    const found = problems(await audit())
    if (problem === undefined) expect(found).not.toHaveProperty('aliases')
    else expect(found.aliases).toContain(problem)
  })
})

describe('a lie is named', () => {
  const lies: [name: string, lie: () => void | Promise<void>, check: string, problem: string][] = [
    [
      'another choice',
      () => change(vote(1), { choice: 1 }),
      'identities',
      'no accepted message with these words',
    ],
    [
      'another reason',
      () => change(vote(1), { reason: 'I do' }),
      'identities',
      'no accepted message with these words',
    ],
    ['another voter', () => change(vote(1), { voter: Eve.address }), 'identities', 'no accepted message'],
    [
      'an id that is another’s',
      () => change(vote(1), { id: `0x${'12'.repeat(32)}` }),
      'signatures',
      'shows no signature',
    ],
    [
      'a ballot out of the window',
      async () => {
        const late = await signVote(Ben, { proposal, choice: 2, timestamp: start + 3601 })
        hub.data.votes[1] = voteRow(late, 0.1)
        hub.data.messages[2] = messageRow(late, 3)
      },
      'window',
      'outside of',
    ],
    [
      'two ballots of one voter',
      async () => {
        const again = await signVote(Ben, { proposal, choice: 2, timestamp: start + 9 })
        hub.data.votes.push(voteRow(again, 0.1))
        hub.data.messages.push(messageRow(again, 9))
        count()
      },
      'voters',
      'has the ballot',
    ],
    [
      'a choice that there is not',
      async () => {
        const odd = await signVote(Ben, { proposal, choice: 7, timestamp: start + 1 })
        hub.data.votes[1] = voteRow(odd, 0.1)
        hub.data.messages[2] = messageRow(odd, 3)
        count()
      },
      'choices',
      '7 is no choice',
    ],
    ['a ballot left out', () => void hub.data.votes.splice(1, 1), 'count', '3 are counted, 2 are shown'],
    [
      'a sum that is none',
      () => change(hub.data.proposals[0] ?? {}, { scores: [4, 0.1, 0] }),
      'result',
      'option 1 is 3.2 by the ballots, 4 by the hub',
    ],
    ['a power that is not its parts', () => change(vote(1), { vp: 0.2 }), 'sums', 'its parts come to 0.1'],
    [
      'other words of the proposal',
      () => change(hub.data.proposals[0] ?? {}, { body: 'No.' }),
      'proposal',
      'no accepted message with these words',
    ],
    ['a huge reason', () => change(vote(1), { reason: 'x'.repeat(200_000) }), 'rows', 'reason'],
    ['a power that is none', () => change(vote(1), { vp: -5 }), 'rows', 'vp'],
  ]

  test.each(lies)('%s', async (_, lie, check, problem) => {
    await lie()
    const found = await audit()
    expect(problems(found)[check]).toContain(problem)
    expect(found.ok).toBe(false)
  })

  it('the signature of somebody else, where a node can tell that no contract is behind it', async () => {
    message(1).sig = message(0).sig
    expect(problems(await audit()).signatures).toContain(`open: ${vote(1).id} no key of ${Ben.address}`)

    const rpc = await startRpcServer('', ({ id, method }, response) => {
      const block = { number: '0x1', hash: `0x${'11'.repeat(32)}`, timestamp: '0x1' }
      const answers: Record<string, unknown> = {
        eth_chainId: '0x7a69',
        eth_blockNumber: '0x1',
        eth_getBlockByNumber: block,
        eth_getCode: '0x',
        eth_call: '0x',
      }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] }))
    })
    const found = problems(await audit({ rpc: rpc.url }))
    await rpc.stop()
    expect(found.signatures).toContain(`failed: ${vote(1).id} no key of ${Ben.address}`)
    // Everybody has one vote by this strategy, whatever the hub says.
    expect(found.powers).toContain(`${Ada.address} has 1 by ticket at block 1, not 3`)
  })

  it('an edit that nobody signed', async () => {
    const [row] = hub.data.proposals as [Record<string, unknown>]
    Object.assign(row, { updated: start - 5, title: 'Shall we not?' })
    expect(problems(await audit()).proposal).toContain('it was edited since')

    const signed = await signUpdate(Ada, {
      proposal,
      title: 'Shall we not?',
      body: String(row.body),
      choices,
      timestamp: start - 5,
    })
    hub.data.messages.push(messageRow(signed, 50))
    const { offenders = [] } = (await audit()).checks.find(({ id }) => id === 'proposal') ?? {}
    expect(offenders).toEqual([
      { id: proposal, status: 'open', problem: expect.stringContaining('edited since') },
    ])
  })

  it('pages without end', async () => {
    let number = 0
    hub.tamper = (list) =>
      list !== 'votes'
        ? []
        : Array.from({ length: 1000 }, () => {
            number += 1
            return { ...vote(0), id: `0x${number.toString(16).padStart(64, '0')}`, created: start + number }
          })
    await expect(audit()).rejects.toThrow(/shows more than 103 votes, and no end of them/)
  })

  it('pages in a circle', async () => {
    hub.tamper = (list, rows) => (list === 'votes' ? Array.from({ length: 1000 }, () => vote(0)) : rows)
    await expect(audit()).rejects.toThrow(/more than 5000 votes of one second/)
  })

  it.each([
    ['no JSON', 200, '<html>', /does not answer with JSON/],
    ['no GraphQL', 200, '[]', /does not speak GraphQL/],
    ['nothing', 404, '', /has nothing at/],
    ['a door elsewhere', 302, '', /answers HTTP 302/],
  ])('%s', async (_, status, body, problem) => {
    hub.intervene = (response) => {
      response.writeHead(status, { location: 'http://169.254.169.254/' }).end(body)
      return true
    }
    await expect(audit()).rejects.toThrow(problem)
  })

  it('more bytes than anybody asked for', async () => {
    hub.intervene = (response) => {
      response.writeHead(200).end('x'.repeat(5000))
      return true
    }
    await expect(openHub(hub.url, createTransport({ maxBytes: 4000 }))).rejects.toThrow(
      /more than 4000 bytes/,
    )
  })
})
