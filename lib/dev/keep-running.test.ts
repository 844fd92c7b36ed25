import { expect, test, vi } from 'vitest'
import { keepRunning } from './keep-running'

function startable() {
  const ends: ((reason: string) => void)[] = []
  const start = vi.fn(async () => {
    const ended = new Promise<string>((resolve) => ends.push(resolve))
    const end = ends.at(-1)
    return { ended, stop: async () => end?.('stopped') }
  })
  return { start, end: (reason: string) => ends.at(-1)?.(reason) }
}

test('what ends is started again, and said', async () => {
  const { start, end } = startable()
  const report = vi.fn()
  const part = await keepRunning('It', start, report)
  end('SIGKILL')
  await expect.poll(() => start.mock.calls.length, { timeout: 3_000 }).toBe(2)
  expect(report.mock.calls).toEqual([['It ended (SIGKILL); starting it again']])
  await part.stop()
  expect(start).toHaveBeenCalledTimes(2)
})

test('what does not start again is tried again', async () => {
  const { start, end } = startable()
  const part = await keepRunning('It', start, () => {})
  start.mockRejectedValueOnce(new Error('no'))
  end('SIGKILL')
  await expect.poll(() => start.mock.calls.length, { timeout: 5_000 }).toBe(3)
  await part.stop()
})

test('what cannot start at all is an error', async () => {
  await expect(
    keepRunning(
      'It',
      () => Promise.reject(new Error('no')),
      () => {},
    ),
  ).rejects.toThrow('no')
})
