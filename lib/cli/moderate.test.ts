import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database'
import { main } from './main'

const written: string[] = []
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  // All that an operator's commands need: no key, in production too.
  vi.stubEnv('NODE_ENV', 'production')
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('COMITIA_LOG_LEVEL', 'silent')
  for (const stream of ['log', 'error'] as const) {
    vi.spyOn(console, stream).mockImplementation((line: string) => void written.push(line))
  }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await database.drop()
})
beforeEach(() => {
  process.exitCode = 0
})

/** Runs a command; answers what it wrote and how it ended. */
async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
  written.length = 0
  process.exitCode = 0
  await main(args)
  const code = Number(process.exitCode)
  process.exitCode = 0
  return { code, lines: [...written] }
}

test('an operator sees, sets and resets options', async () => {
  const name = 'space.default.choices_limit'
  expect(await run('options', name, '7')).toEqual({ code: 0, lines: [`${name} is 7`] })
  const list = await run('options')
  expect(list.lines.find((line) => line.startsWith(name))).toMatch(/ 7 +set$/)
  expect(await run('options', name, '--default')).toEqual({ code: 0, lines: [`${name} is 100`] })
})

test.each([
  [
    'options space.default.choices_limit many',
    1,
    /^comitia: space.default.choices_limit takes a whole number/,
  ],
  ['options space.default.choices_limit', 2, /^usage: comitia options/],
  ['options --default', 2, /^usage: comitia options/],
  ['options colour 1', 1, /^comitia: There is no option "colour"\.$/],
  ['moderate', 2, /^usage: comitia moderate list/],
  ['moderate block phone 1', 2, /^usage: comitia moderate list/],
  ['moderate block address 0x1', 1, /^comitia: "0x1" is no address\.$/],
  ['moderate block link x', 1, /^comitia: "x" is no link, or too short for one\.$/],
  ['moderate space verify nowhere', 1, /^comitia: There is no space "nowhere"\.$/],
  ['moderate space paint dao', 2, /^comitia moderate: there is no "paint" for a space: flag, unflag/],
  ['moderate proposal flag 0x1 --code 0', 2, /^comitia moderate: --code must be a number from 1 to 99$/],
  ['moderate space accept-owner nowhere.eth', 1, /^comitia: There is no space "nowhere\.eth"\.$/],
])('%s: code %i, a clear line, and nothing is done', async (command, code, line) => {
  const { lines, ...ended } = await run(...command.split(' '))
  expect({ ...ended, first: lines[0] }).toEqual({ code, first: expect.stringMatching(line) })
})

test('an operator turns away and lets in again', async () => {
  const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
  expect((await run('moderate', 'block', 'address', address.toLowerCase())).lines).toEqual([
    `address ${address} is blocked`,
  ])
  expect((await run('moderate', 'block', 'address', address)).lines).toEqual([
    `address ${address} was blocked already`,
  ])
  // Of IPv6 the network, in whatever spelling.
  const [first] = (await run('moderate', 'block', 'ip', '2001:db8::1')).lines
  expect(first).toMatch(/^ip [0-9a-f]{7} is blocked$/)
  expect((await run('moderate', 'unblock', 'ip', '2001:DB8:0:0:ff::9')).lines).toEqual([
    first?.replace('is blocked', 'is unblocked'),
  ])
  const wrong = await run('moderate', 'block', 'ip', '192.0.2')
  expect(wrong).toMatchObject({ code: 1, lines: [expect.stringContaining('"192.0.2" is no IP address')] })
  const today = new Date().toISOString().slice(0, 10)
  expect((await run('moderate', 'list')).lines).toEqual([`address  ${address}   since ${today}`])
  expect((await run('moderate', 'unblock', 'address', address)).lines).toEqual([
    `address ${address} is unblocked`,
  ])
  expect((await run('moderate', 'list')).lines).toEqual(['nothing is turned away'])
})
