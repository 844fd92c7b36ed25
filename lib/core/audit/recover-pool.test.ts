import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { HexString } from '../views/hex-string'
import { auditBundle } from './audit-bundle'
import { createFastRecover } from './fast-recover'
import { publish, randomElection } from './random-election.suite'
import { createRecoverPool, type RecoverMany } from './recover-pool'
import type { RecoverSigner } from './recover-signer'
import { writeBundle } from './write-bundle'

const after = (turns: number) =>
  turns === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, turns))

it('answers each with its own, whichever worker is first, and asks all of them alike', async () => {
  const digests = fc.array(
    fc.nat(9).map((number): HexString => `0x${number}`),
    { maxLength: 40 },
  )
  const delays = fc.array(fc.nat(3), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(digests, delays, async (asked, turns) => {
      const shares = turns.map(() => 0)
      const workers = turns.map(
        (delay, at): RecoverMany =>
          async (questions) => {
            shares[at] = questions.length
            await after(delay)
            return questions.map(([digest, signature]): HexString | undefined =>
              digest === '0x0' ? undefined : `${digest}${signature.slice(2)}`,
            )
          },
      )
      const recover = createRecoverPool(workers)
      const signers = await Promise.all(asked.map((digest, at) => recover(digest, `0x${at}`)))
      expect(signers).toEqual(asked.map((digest, at) => (digest === '0x0' ? undefined : `${digest}${at}`)))
      expect(Math.max(...shares)).toBeLessThanOrEqual(Math.ceil(asked.length / turns.length))
    }),
    { numRuns: 60 },
  )
})

it('fails where a worker fails', async () => {
  const recover = createRecoverPool([async () => Promise.reject(new Error('out of memory'))])
  await expect(recover('0x00', '0x00')).rejects.toThrow('out of memory')
})

it('finds in an audit what one thread finds', async () => {
  const source = publish(randomElection(31, { type: 'approval', voters: 300 }))
  const lines: string[] = []
  for await (const line of writeBundle(source)) lines.push(line.slice(0, -1))
  const audit = (recover: RecoverSigner) =>
    auditBundle(
      (async function* () {
        yield* lines
      })(),
      { recover },
    )
  const alone = await createFastRecover()
  let delay = 30
  const many: RecoverMany = async (questions) => {
    // The first batch comes last.
    const turns = delay
    delay = 0
    await after(turns)
    return Promise.all(questions.map(([digest, signature]) => alone(digest, signature)))
  }
  const isKeys = (line: string) => line.includes('"kind":"ballot"') && !line.includes('"contract"')
  for (const at of [lines.findIndex(isKeys), lines.findLastIndex(isKeys)]) {
    lines[at] = (lines[at] ?? '').replace(/"sig":"0x......../, '"sig":"0x12345678')
  }
  const report = await audit(createRecoverPool([many]))
  expect(report).toEqual(await audit(alone))
  const signatures = report.checks.find(({ id }) => id === 'signatures')
  expect(signatures).toMatchObject({ status: 'failed', detail: expect.stringContaining('(and 1 more)') })
})
