import type { HexString } from '../views/hex-string'
import type { RecoverSigner } from './recover-signer'

/** What `RecoverSigner` is asked. */
export type RecoverQuestion = readonly [digest: HexString, signature: HexString]

/** Recovers many signatures somewhere else, a worker as a rule; answers in their order. */
export type RecoverMany = (
  questions: readonly RecoverQuestion[],
) => Promise<readonly (HexString | undefined)[]>

interface Waiting {
  readonly question: RecoverQuestion
  readonly resolve: (signer: HexString | undefined) => void
  readonly reject: (error: unknown) => void
}

/** A `RecoverSigner` that shares out what it is asked at once among workers, in equal parts. */
export function createRecoverPool(workers: readonly RecoverMany[]): RecoverSigner {
  let waiting: Waiting[] = []

  const shareOut = (): void => {
    const all = waiting
    waiting = []
    const each = Math.ceil(all.length / workers.length)
    for (const [at, recoverMany] of workers.entries()) {
      const part = all.slice(at * each, (at + 1) * each)
      if (part.length > 0) void give(recoverMany, part)
    }
  }

  return (digest, signature) =>
    new Promise((resolve, reject) => {
      // All that is asked in this turn goes in one message.
      if (waiting.length === 0) queueMicrotask(shareOut)
      waiting.push({ question: [digest, signature], resolve, reject })
    })
}

async function give(recoverMany: RecoverMany, part: readonly Waiting[]): Promise<void> {
  try {
    const signers = await recoverMany(part.map(({ question }) => question))
    for (const [at, { resolve }] of part.entries()) resolve(signers[at])
  } catch (error) {
    for (const { reject } of part) reject(error)
  }
}
