import { expect, it } from 'vitest'
import { auditBundle } from './audit-bundle'
import { publish, randomElection } from './random-election.suite'
import { splitLines } from './split-lines'
import { writeBundle } from './write-bundle'

const records = randomElection(31, { type: 'single-choice', voters: 3, strategies: 1 })
const bundle: string[] = []
for await (const line of writeBundle(publish(records))) bundle.push(line.slice(0, -1))
const kindOf = (line: string) => JSON.parse(line).kind as string

/** What the check of the file says, and how many lines were read to say it. */
async function audit(lines: Iterable<string>) {
  let read = 0
  async function* counted() {
    for (const line of lines) {
      read += 1
      yield line
    }
  }
  const { ok, checks } = await auditBundle(counted(), {})
  expect(ok).toBe(false)
  const [file] = checks
  expect(file).toMatchObject({ id: 'file', status: 'failed' })
  return { detail: file?.detail ?? '', read }
}

function* forever(line: (number: number) => string): Generator<string> {
  for (let number = 0; ; number += 1) yield line(number)
}

const [header = '', proposal = ''] = bundle
const strategy = bundle.find((line) => kindOf(line) === 'strategy') ?? ''
const form = bundle.find((line) => kindOf(line) === 'form') ?? ''
const block = (number: number) =>
  JSON.stringify({
    kind: 'block',
    network: String(number + 1),
    number,
    hash: `0x${'ab'.repeat(32)}`,
    timestamp: 1,
  })
const nonsense = (number: number) =>
  JSON.stringify({
    kind: 'ballot',
    index: number,
    acceptedAtMs: 1,
    form: number,
    sig: '0x',
    message: {},
    status: 'counted',
    power: [],
  })

it.each<[string, (number: number) => string]>([
  ['empty lines', () => ''],
  ['half a line', () => '{"kind":"ballot"'],
  ['other JSON', (number) => JSON.stringify({ number })],
  ['headers', () => header],
  ['strategies', () => strategy],
  ['blocks of other chains', block],
  ['forms', () => form],
  ['ballots under no form', nonsense],
])('a file of %s without an end is read no further than it takes', async (_, line) => {
  const { detail, read } = await audit(forever(line))
  expect(detail).toMatch(/^(Line \d+|The file cannot be read)/)
  expect(read).toBeLessThan(1100)
})

it.each([200, 3000, 100_000])('JSON %i deep is another strategy, or none', async (depth) => {
  const deep = strategy.replace(/"params":.*/, `"params":${'['.repeat(depth)}${']'.repeat(depth)}}`)
  const { checks } = await auditBundle(
    (async function* () {
      for (const line of bundle) yield line === strategy ? deep : line
    })(),
    {},
  )
  expect(checks.find(({ id }) => id === 'strategies')?.status).toBe('failed')
})

it('a form stands in front of the first message under it', async () => {
  const at = bundle.indexOf(form)
  expect((await audit(bundle.toSpliced(at, 0, form))).detail).toContain(
    'stands where a message under the form in front of it should',
  )
  const last = bundle.findLastIndex((line) => kindOf(line) === 'ballot')
  await audit(bundle.toSpliced(last + 1, 0, form))
})

it.each<[string, Uint8Array, string]>([
  ['random bytes', Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256), 'no text in UTF-8'],
  ['zeros', new Uint8Array(100_000), 'breaks off within a line'],
  ['nothing', new Uint8Array(), 'A header line is missing'],
  ['one line of nine million letters', new Uint8Array(9_000_000).fill(65), 'a line is too long'],
])('a file of %s fails and does not throw', async (_, bytes, why) => {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
  }
  const { checks } = await auditBundle(splitLines(pieces()), {})
  expect(checks[0]).toMatchObject({ id: 'file', status: 'failed', detail: expect.stringContaining(why) })
})

it('what fails on the way to the file is thrown', async () => {
  async function* lines() {
    yield header
    yield proposal
    throw new Error('connection reset')
  }
  await expect(auditBundle(lines(), {})).rejects.toThrow('connection reset')
})
