import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { main } from './main'

const commands = [
  ...['serve', 'worker', 'doctor', 'verify', 'audit', 'import'],
  ...['module', 'moderate', 'options', 'witness', 'bench'],
]
const title = process.title

beforeEach(() => {
  // Whatever starts, fails.
  vi.stubEnv('DATABASE_URL', 'nowhere')
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** Runs a command; answers how it ended and what it wrote to each stream. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out = vi.spyOn(console, 'log').mockReturnValue()
  const err = vi.spyOn(console, 'error').mockReturnValue()
  process.exitCode = 0
  await main(args)
  const code = Number(process.exitCode)
  process.exitCode = 0
  const [said, complained] = [out, err].map(({ mock }) => mock.calls.map(([line]) => `${line}\n`).join(''))
  out.mockRestore()
  err.mockRestore()
  return { code, out: said ?? '', err: complained ?? '' }
}

describe.each(commands)('%s', (name) => {
  test.each(['--help', '-h'])('%s says how, and starts nothing', async (flag) => {
    const { code, out, err } = await run(name, flag)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(new RegExp(`^usage: comitia ${name}\\b`))
    expect(process.title).toBe(title)
  })

  test('an option that there is not is named, with the usage, and nothing starts', async () => {
    const { code, out, err } = await run(name, '--colour')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(new RegExp(`^comitia ${name}: .*--colour`))
    expect(err).toMatch(new RegExp(`^usage: comitia ${name}\\b`, 'm'))
    expect(process.title).toBe(title)
  })
})

test.each(['', 'help', '--help', '-h'])('comitia %s lists these commands', async (flag) => {
  const { code, out, err } = await run(...(flag ? [flag] : []))
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^usage: comitia <command>/)
  expect(out.match(/^ {2}\S+/gm)).toEqual(commands.map((name) => `  ${name}`))
})

test.each(['fly', 'constructor', '__proto__', ''])('there is no command "%s"', async (name) => {
  const { code, out, err } = await run(name)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(new RegExp(`^comitia: unknown command "${name}"\n\nusage: comitia <command>`))
})

test('help is not asked for by what an option or an argument is', async () => {
  expect(await run('audit', '--from=--help')).toMatchObject({ code: 2, out: '' })
  expect(await run('moderate', '--', '--help')).toMatchObject({ code: 2, out: '' })
})
