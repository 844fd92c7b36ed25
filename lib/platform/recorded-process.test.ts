import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRunning, stopProcess, whenGone } from './recorded-process'

const mark = 'recorded-process-test'
let child: ChildProcess
let pid: number

beforeAll(async () => {
  // Deaf to SIGTERM.
  const program = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('${mark}')`
  child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.stdout) await once(child.stdout, 'data')
  pid = child.pid ?? 0
})
afterAll(() => void child.kill('SIGKILL'))

test('an id is a process only together with its mark, and whoever has another mark is left alone', async () => {
  expect(isRunning({ pid, mark })).toBe(true)
  expect(isRunning({ pid, mark: 'another' })).toBe(false)
  for (const other of [0, 1, Number.NaN, -pid]) expect(isRunning({ pid: other, mark: '' })).toBe(false)
  await stopProcess({ pid, mark: 'another' }, { signal: 'SIGKILL', patienceMs: 0 })
  expect(isRunning({ pid, mark })).toBe(true)
})

test('what does not stop when asked is killed', async () => {
  const gone = whenGone({ pid, mark })
  await stopProcess({ pid, mark }, { signal: 'SIGTERM', patienceMs: 300 })
  expect(isRunning({ pid, mark })).toBe(false)
  await gone
  if (child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
})
