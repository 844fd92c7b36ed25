import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { ed25519 } from '@noble/curves/ed25519'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { voteTypedData } from '../client/typed-data'
import {
  addressOf,
  leafOf,
  logKey,
  randomness,
  receiptKey,
  signEntry,
} from '../core/audit/random-election.suite'
import { formatVerifierKey, signCheckpoint } from '../core/log/checkpoint'
import { signNote } from '../core/log/signed-note'
import { rootOfLeaves } from '../core/log/tree'
import type { SignedMessage } from '../core/messages/envelope'
import { bytesOf, electionInLog, shownLog } from './verify/election-site.suite'
import { type LogSite, serveLog } from './verify/log-site.suite'
import { runVerify } from './verify/run-verify.suite'
import { scanBundle } from './verify/scan-bundle'

const election = electionInLog()
const { log, proposal } = election
const [ballot] = election.ballots
if (!ballot) throw new Error('the election needs a counted ballot of a key')
const { hash, address } = JSON.parse(ballot.envelope) as SignedMessage

let dir: string
let site: LogSite
let honest: string

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-verify-'))
  vi.stubEnv('XDG_STATE_HOME', dir)
  honest = await bytesOf(election.bundleOf(log))
  site = await serveLog(shownLog(log))
})
afterAll(() => {
  site.stop()
  vi.unstubAllEnvs()
  fs.rmSync(dir, { recursive: true })
})
beforeEach(() => {
  fs.rmSync(path.join(dir, 'comitia'), { recursive: true, force: true })
  site.show({ ...shownLog(log), instead: () => undefined })
})

function write(content: string | Uint8Array, name = 'bundle.ndjson'): string {
  const file = path.join(dir, name)
  fs.writeFileSync(file, content)
  return file
}

const lineOf = (said: string, title: string) => said.split('\n').find((line) => line.includes(title)) ?? ''
const completeness = 'Nothing about the proposal was left out'

it('recounts a bundle from a file, packed or not, and says what it found', async () => {
  for (const file of [write(honest), write(gzipSync(honest), 'bundle.gz')]) {
    const { code, said } = await runVerify(file, '--log-key', logKey, '--proposal', proposal.id)
    expect(code, said).toBe(0)
    expect(said).toContain(`dao · ${proposal.id}\n`)
    expect(said).toContain('✓ The ballots add up to the result')
    expect(said).toContain('– Blocks and powers are what the chain says')
    expect(said.trim().split('\n').at(-1)).toMatch(/^VERIFIED: nothing is wrong\. \d+ passed, \d+ cannot be/)
  }
})

it('names the lie and the liar’s ballot', async () => {
  const { choice } = (JSON.parse(ballot.envelope) as SignedMessage).data.message
  const forged = honest.split('\n').map((line) => {
    if (!line.includes(address) || !line.includes('"kind":"ballot"')) return line
    return line.replace(`"choice":${choice}`, `"choice":${Number(choice) === 1 ? 2 : 1}`)
  })
  const { code, said } = await runVerify(write(forged.join('\n')))
  expect(code).toBe(1)
  expect(lineOf(said, 'Every signature is its author’s')).toMatch(
    new RegExp(`^✗ .* is not signed by ${address}`),
  )
  expect(said.trim().split('\n').at(-1)).toMatch(/^NOT VERIFIED: \d+ checks failed/)
})

it('writes one JSON object', async () => {
  const { code, said } = await runVerify(write(honest), '--json')
  const { ok, bundle } = JSON.parse(said)
  expect([code, ok, bundle.ok, bundle.subject.proposal]).toEqual([0, true, true, proposal.id])
  const missing = await runVerify(`${dir}/none`, '--json')
  expect([missing.code, JSON.parse(missing.said)]).toEqual([
    1,
    { ok: false, error: `cannot read ${dir}/none` },
  ])
})

it('shows what a terminal would obey', async () => {
  const nasty = write(honest.replace(/("kind":"result".*"text":")/, '$1\u202e\\u001b[2J'))
  const [text, json] = [await runVerify(nasty), await runVerify(nasty, '--json')]
  expect(text.said).toContain('not “\\u{202e}\\u{1b}[2JPassed')
  expect(JSON.stringify(JSON.parse(json.said))).toContain('not “\u202e\\u001b[2JPassed')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  for (const { said } of [text, json]) expect(said).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
})

it('fetches a bundle, and the one of a proposal’s page', async () => {
  const at = `/api/proposals/${proposal.id}/bundle`
  site.show({ instead: (asked) => (asked === at ? honest : undefined) })
  for (const place of [at, `/dao/proposal/${proposal.id}?tab=votes`, `/api/v1/proposals/${proposal.id}`]) {
    expect((await runVerify(site.url + place)).code).toBe(0)
  }
  const other = `0x${'12'.repeat(32)}`
  site.show({ instead: (asked) => (asked === `/api/proposals/${other}/bundle` ? honest : undefined) })
  const { code, said } = await runVerify(`${site.url}/dao/proposal/${other}`)
  expect(code).toBe(1)
  expect(lineOf(said, 'The proposal is the one that was signed')).toContain(
    `This is not the proposal ${other}`,
  )
  expect(await runVerify(`${site.url}/nothing`)).toMatchObject({
    code: 1,
    said: expect.stringContaining('nothing at'),
  })
})

it.each<[string, () => string | Uint8Array]>([
  ['that breaks off', () => honest.slice(0, -5)],
  ['whose compression breaks off', () => gzipSync(honest).subarray(0, -20)],
  ['of bytes', () => randomness(1).bytes(5000)],
  ['with nothing in it', () => ''],
])('fails a file %s', async (_, content) => {
  const { code, said } = await runVerify(write(content()))
  expect(code).toBe(1)
  expect(lineOf(said, 'The file is complete')).toMatch(/^✗/)
})

it.each<[string[], string]>([
  [[], 'usage: comitia verify'],
  [['--lgo', 'x'], '--lgo'],
  [['a', 'b'], 'one bundle at a time'],
  [['-', '--log', 'http://localhost'], 'save it to a file first'],
  [['--log', 'localhost'], '--log must be a URL'],
  [['a', '--rpc', '1=ftp://x'], '--rpc must be'],
  [['a', '--log-key', 'x'], '--log-key must be a verifier key of a log'],
  [['a', '--witness', logKey], '--witness must be a verifier key of a witness'],
  [['a', '--least', '1'], '--least counts witnesses'],
  [['a', '--proposal', '0x12'], '--proposal must be an id'],
  [['--log', 'http://localhost', '--proposal', proposal.id], 'are about a bundle'],
  [['--log', 'http://localhost', '--rpc', 'http://localhost'], 'are about a bundle'],
])('misuse %j ends with 2', async (args, sentence) => {
  const { code, said } = await runVerify(...args)
  expect([code, said]).toEqual([2, expect.stringContaining(sentence)])
})

it('fails when a node that was named does not answer, or the bundle needs another', async () => {
  const { code, said } = await runVerify(write(honest), '--rpc', '5=http://127.0.0.1:1')
  expect(code).toBe(1)
  expect(lineOf(said, 'Blocks and powers are what the chain says')).toMatch(
    /^✗ .* could not be read: the bundle needs a node of chain 1 too: --rpc 1=<url>/,
  )
  const unnamed = await runVerify(write(honest), '--rpc', 'http://127.0.0.1:1/secret')
  const sentence = 'comitia verify: 127.0.0.1:1 does not say which chain it serves\n'
  expect(unnamed).toEqual({ code: 1, said: sentence })
})

it('fails a bundle of another log than it was told', async () => {
  const other = formatVerifierKey('vote.example/log', new Uint8Array(32).fill(1))
  const { code, said } = await runVerify(write(honest), '--log-key', other)
  expect(code).toBe(1)
  expect(lineOf(said, 'The log is the one that was expected')).toMatch(/^✗ .* as expected/)
})

it('says which file of receipts or checkpoints is none', async () => {
  const file = write('{}', 'wrong.json')
  for (const [option, why] of [
    ['--receipt', 'not a file of receipts'],
    ['--checkpoint', 'malformed note'],
  ] as const) {
    const { code, said } = await runVerify(write(honest), option, file)
    expect([code, said]).toEqual([1, `comitia verify: ${file}: ${why}\n`])
  }
})

it('reads the log beside a bundle, and shows that nothing was left out', async () => {
  const { code, said } = await runVerify(write(honest), '--log', site.url)
  expect(code, said).toBe(0)
  expect(lineOf(said, completeness)).toMatch(/^✓ .* All \d+ messages about it in the log are here/)
  expect(lineOf(said, 'What the entries stand for can be read')).toMatch(/^✓ .* [1-9]\d* that could be about/)
  expect(said).not.toContain('– The log has kept to what it showed before: Compare')
})

it('names a ballot that the bundle leaves out, or that the server hides', async () => {
  const without = election.bundleOf(log)
  const messages = [...(without.messages as Iterable<{ envelope: string }>)]
  const hidden = messages.filter(({ envelope }) => envelope !== ballot.envelope)
  const file = write(await bytesOf({ ...without, messages: hidden as never }))
  const { code, said } = await runVerify(file, '--log', site.url)
  expect(code).toBe(1)
  expect(lineOf(said, completeness)).toBe(
    `✗ ${completeness}: Message ${hash} is in the log and not in the bundle.`,
  )

  const { envelopes = new Map() } = shownLog(log)
  site.show({ envelopes: new Map([...envelopes].filter(([, text]) => text !== ballot.envelope)) })
  const withheld = await runVerify(file, '--log', site.url)
  expect(lineOf(withheld.said, 'What the entries stand for can be read')).toContain(
    `What was signed as ${hash} is withheld`,
  )
})

it('names a ballot that the bundle was cut off in front of', async () => {
  const last = Math.max(...election.ballots.map((item) => log.indexOf(item)))
  const cut = JSON.parse(log[last]?.envelope ?? '') as SignedMessage
  const file = write(await bytesOf(election.bundleOf(log.slice(0, last))))
  const { code, said } = await runVerify(file, '--log', site.url)
  expect(code).toBe(1)
  expect(lineOf(said, completeness)).toContain(`Message ${cut.hash} is in the log and not in the bundle`)
})

it('takes no ballot for a missing one that came after the vote', async () => {
  const voter = new Uint8Array(32).fill(3)
  const late = voteTypedData({
    ...{ from: addressOf(voter), space: 'dao', timestamp: 1_700_006_000, proposal: proposal.id },
    ...{ ballot: 'single', choice: 1 },
  })
  site.show(shownLog([...log, signEntry(late, voter, 1_700_006_000_000)]))
  const { code, said } = await runVerify(write(honest), '--log', site.url)
  expect(code, said).toBe(0)
  expect(lineOf(said, completeness)).toMatch(/^✓/)
})

it('reads a bundle once, so that a server cannot show two', async () => {
  const lie = honest.replace('"kind":"result"', '"kind":"result" ')
  vi.stubEnv('TMPDIR', dir)
  const at = `/api/proposals/${proposal.id}/bundle`
  let asked = 0
  site.show({
    instead: (path) => {
      if (path !== at) return undefined
      asked += 1
      return asked === 1 ? `{"kind":"checkpoint","note":""}\n` : lie
    },
  })
  const { code, said } = await runVerify(site.url + at, '--log', site.url)
  expect([code, asked]).toEqual([1, 1])
  expect(lineOf(said, completeness)).toMatch(/^–/)
  expect(fs.readdirSync(dir).filter((name) => name.startsWith('comitia-bundle-'))).toEqual([])
  vi.stubEnv('TMPDIR', undefined)
})

it('claims nothing of a proposal that was not looked up', async () => {
  const other = `0x${'12'.repeat(32)}`
  const said = { from: `"kind":"proposal","id":"${proposal.id}"`, to: `"kind":"proposal","id":"${other}"` }
  expect(honest).toContain(said.from)
  const ran = await runVerify(write(honest.replace(said.from, said.to)), '--log', site.url)
  expect(ran.code).toBe(1)
  expect(lineOf(ran.said, completeness)).toMatch(/^–/)
})

it('holds a bundle against the keys that it was told, not those that the server names', async () => {
  const secret = new Uint8Array(32).fill(42)
  const other = formatVerifierKey('vote.example/log', ed25519.getPublicKey(secret))
  const source = election.bundleOf(log)
  const leaves = log.map(leafOf)
  const file = write(
    await bytesOf({
      ...source,
      header: { ...source.header, logKey: other },
      checkpoint: signCheckpoint(
        { origin: 'vote.example/log', size: leaves.length, root: rootOfLeaves(leaves) },
        secret,
      ),
      sign: (text) => signNote(text, 'vote.example/log', secret),
    }),
  )
  const installation = JSON.stringify({
    receiptKeys: [receiptKey],
    log: { key: logKey, keys: [logKey, other] },
  })
  site.show({ instead: (path) => (path === '/api/v1/installation' ? installation : undefined) })
  const told = await runVerify(file, '--log', site.url, '--log-key', logKey)
  expect(told.code).toBe(1)
  expect(told.said).toContain(`✗ The log is the one that was expected: The log’s key is ${other}`)
  const both = await runVerify(file, '--log', site.url, '--log-key', logKey, '--log-key', other)
  expect(both.code, both.said).toBe(0)
})

it('leaves open whether the log kept to what it showed before until something seen before was compared', async () => {
  const linesOf = (said: string) => said.split('\n').filter((line) => line.includes('The log has kept to'))
  const args = [write(honest), '--log', site.url]
  const first = linesOf((await runVerify(...args)).said)
  expect(first.map((line) => line[0])).toEqual(['–', '–'])
  const second = linesOf((await runVerify(...args)).said)
  expect(second.map((line) => line[0])).toEqual(['✓', '✓'])
})

it('holds no more messages than it has room for', async () => {
  const lines = async function* () {
    for (let index = 0; index < 5; index += 1) yield JSON.stringify({ kind: 'ballot', index })
  }
  expect((await scanBundle(lines())).indexes.size).toBe(5)
  await expect(scanBundle(lines(), 3)).rejects.toThrow('too large')
})

it('finds a bundle of another history than the log', async () => {
  const other = log.filter((message) => message !== ballot)
  const { code, said } = await runVerify(write(await bytesOf(election.bundleOf(other))), '--log', site.url)
  expect(code).toBe(1)
  expect(lineOf(said, 'The log has kept to what it showed before')).toContain('history was changed')
  expect(said).toContain('THIS LOG CONTRADICTS ITSELF')
})
