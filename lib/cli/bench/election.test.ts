import { expect, it } from 'vitest'
import { auditBundle } from '../../core/audit/audit-bundle'
import { writeBundle } from '../../core/audit/write-bundle'
import { createElection } from './election'
import { openRecoverThreads } from './recover-threads'

it('is honest, the same each time, and passes an audit whose signers a thread recovers', async () => {
  const write = async () => {
    const lines: string[] = []
    for await (const line of writeBundle(await createElection(300))) lines.push(line.slice(0, -1))
    return lines
  }
  const lines = await write()
  expect(await write()).toEqual(lines)
  async function* each() {
    yield* lines
  }
  const { ok, checks, subject } = await auditBundle(each(), { recover: await openRecoverThreads(1) })
  expect(checks.filter(({ status }) => status === 'failed')).toEqual([])
  expect(ok).toBe(true)
  // A tenth is replaced; every third ballot has an entry of somebody else's in front.
  expect(subject).toMatchObject({ ballots: 270, logSize: 402 })
})
