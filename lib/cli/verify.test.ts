import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { logKey, randomness } from '../core/audit/random-election.suite'
import { formatVerifierKey } from '../core/log/checkpoint'
import type { SignedMessage } from '../core/messages/envelope'
import { bytesOf, electionInLog, shownLog } from './verify/election-site.suite'
import { type LogSite, serveLog } from './verify/log-site.suite'
import { runVerify } from './verify/run-verify.suite'

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

it('finds a bundle of another history than the log', async () => {
  const other = log.filter((message) => message !== ballot)
  const { code, said } = await runVerify(write(await bytesOf(election.bundleOf(other))), '--log', site.url)
  expect(code).toBe(1)
  expect(lineOf(said, 'The log has kept to what it showed before')).toContain('history was changed')
  expect(said).toContain('THIS LOG CONTRADICTS ITSELF')
})
