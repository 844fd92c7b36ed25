import { vi } from 'vitest'
import { verify } from '../verify'

/** What the command wrote, and its exit code. */
export interface Ran {
  readonly code: number
  readonly said: string
}

/** Runs the command in this process. */
export async function runVerify(...args: string[]): Promise<Ran> {
  let said = ''
  const spies = (['log', 'error'] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation((line) => {
      said += `${line}\n`
    }),
  )
  process.exitCode = 0
  try {
    await verify(args)
    return { code: Number(process.exitCode), said }
  } finally {
    process.exitCode = 0
    for (const spy of spies) spy.mockRestore()
  }
}
